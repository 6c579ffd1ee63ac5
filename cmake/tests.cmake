# trex_test(NAME SOURCES...): one GoogleTest program a folder, every case its own ctest entry group.
#
# The tests of a folder stand beside its sources; NAME is the folder's name.

# Under ASan a program that ends is looked through for leaks, those of the libraries it uses too.
function(trex_suppress_foreign_leaks)
  if(TREX_SANITIZE)
    set_tests_properties(${ARGN} PROPERTIES ENVIRONMENT
      "LSAN_OPTIONS=suppressions=${PROJECT_SOURCE_DIR}/tests/support/lsan.supp:print_suppressions=0")
  endif()
endfunction()

function(trex_test name)
  if(NOT TREX_BUILD_TESTS OR EMSCRIPTEN)
    return()
  endif()
  find_package(GTest REQUIRED)
  set(target trex_${name}_tests)
  add_executable(${target} ${ARGN})
  target_link_libraries(${target} PRIVATE trex::trex trex_build_flags GTest::gtest_main)
  target_include_directories(${target} PRIVATE ${PROJECT_SOURCE_DIR})
  target_precompile_headers(${target} PRIVATE <gtest/gtest.h> <string> <vector>)
  trex_batches(${target})
  target_compile_definitions(${target} PRIVATE TREX_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
  add_test(NAME ${name} COMMAND ${target} --gtest_brief=1 WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
  trex_suppress_foreign_leaks(${name})
endfunction()

if(TREX_BUILD_TESTS AND NOT EMSCRIPTEN)
  enable_testing()
endif()
