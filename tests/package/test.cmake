# Does find_package(trex) work? Installs into a folder of the build, then configures, builds and runs
# a program against what was installed.

file(REMOVE_RECURSE ${WORK})
set(run ${CMAKE_COMMAND} -E env --unset=DESTDIR ${CMAKE_COMMAND})
execute_process(COMMAND ${run} --install ${BUILD} --prefix ${WORK}/prefix
  OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY)

# Every installed header must stand on its own outside the tree.
file(GLOB_RECURSE headers RELATIVE ${WORK}/prefix/include ${WORK}/prefix/include/trex/*.hpp)
list(TRANSFORM headers REPLACE "(.+)" "#include \"\\1\"\n")
file(WRITE ${WORK}/all_headers.cpp ${headers})

execute_process(COMMAND ${run} -S ${SOURCE} -B ${WORK}/build -G Ninja -D CMAKE_BUILD_TYPE=Debug
  -D CMAKE_PREFIX_PATH=${WORK}/prefix -D CMAKE_CXX_COMPILER=${CXX}
  -D ALL_HEADERS=${WORK}/all_headers.cpp COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND ${run} --build ${WORK}/build COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND ${WORK}/build/count_layers ${SOURCE}/engine.json
  OUTPUT_VARIABLE printed COMMAND_ERROR_IS_FATAL ANY)
if(NOT printed STREQUAL "3 layers\n")
  message(FATAL_ERROR "count_layers printed '${printed}', expected '3 layers'")
endif()
execute_process(COMMAND ${WORK}/prefix/bin/trex --version COMMAND_ERROR_IS_FATAL ANY)
