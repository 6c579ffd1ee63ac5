# What `cmake --install` puts where: the program, the library with its headers, and the package
# that find_package(trex) reads. tests/package builds a program against the result.

include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(TREX_PACKAGE_DIR ${CMAKE_INSTALL_LIBDIR}/cmake/trex)

install(TARGETS trex EXPORT trex-targets
  ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR}
  LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}
  FILE_SET HEADERS DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(EXPORT trex-targets NAMESPACE trex:: DESTINATION ${TREX_PACKAGE_DIR})

configure_package_config_file(cmake/trexConfig.cmake.in trexConfig.cmake
  INSTALL_DESTINATION ${TREX_PACKAGE_DIR})
# Below 1.0 a minor version may change the interface.
write_basic_package_version_file(trexConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/trexConfig.cmake ${PROJECT_BINARY_DIR}/trexConfigVersion.cmake
  DESTINATION ${TREX_PACKAGE_DIR})
install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR})

if(TARGET trex_program)
  install(TARGETS trex_program RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
endif()
if(TREX_DUCKDB_LIBRARY AND NOT TREX_SYSTEM_DUCKDB)  # where trex looks for it: beside the program
  install(FILES ${TREX_DUCKDB_LIBRARY} DESTINATION ${CMAKE_INSTALL_LIBDIR}/trex)
endif()
