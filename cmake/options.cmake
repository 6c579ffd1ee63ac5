# How everything in the tree is compiled: the language, the warnings, the sanitizers.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release)
endif()

option(TREX_UNITY_BUILD "compile sources in batches: faster from nothing, slower after a change" OFF)
function(trex_batches target)
  if(TREX_UNITY_BUILD)
    set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 12)
  endif()
endfunction()

find_program(CCACHE ccache)
if(CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
endif()

# What each target of ours is compiled with; not handed on to users of the package.
add_library(trex_build_flags INTERFACE)
# Designated initialisers leave members at their defaults on purpose.
target_compile_options(trex_build_flags INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion
  -Wno-missing-field-initializers
  $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized;-Wno-restrict>)
if(TREX_UNITY_BUILD)  # files of a batch see each other's names
  target_compile_options(trex_build_flags INTERFACE -Wno-shadow)
endif()
if(TREX_WERROR)
  target_compile_options(trex_build_flags INTERFACE -Werror)
  if(TREX_UNITY_BUILD)  # a batch looks to the compiler like a header that many include
    target_compile_options(trex_build_flags INTERFACE
      $<$<CXX_COMPILER_ID:GNU>:-Wno-error=subobject-linkage>)
  endif()
endif()
if(EMSCRIPTEN)
  add_compile_options(-fwasm-exceptions)  # smaller and faster than those by way of JavaScript
  add_link_options(-fwasm-exceptions)
endif()
if(TREX_BUILD_FUZZERS)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()
if(TREX_SANITIZE)
  find_program(LLD ld.lld)
  if(LLD AND NOT CMAKE_CROSSCOMPILING)  # a third of ld's time, for the many and large programs of this build
    add_link_options(-fuse-ld=lld)
  endif()
  add_compile_options(-fsanitize=${TREX_SANITIZE} -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${TREX_SANITIZE})
  if(TREX_SANITIZE MATCHES "undefined")
    add_compile_options(-fno-sanitize-recover=undefined)
  endif()
endif()
