# Toolchain file: Debian's cross compiler for 64-bit Arm (Jetson, Grace), with the libraries that
# tools/aarch64_check.sh unpacked into TREX_AARCH64_SYSROOT. It touches nothing outside the build.

set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR aarch64)
set(CMAKE_C_COMPILER aarch64-linux-gnu-gcc)
set(CMAKE_CXX_COMPILER aarch64-linux-gnu-g++)
set(CMAKE_LIBRARY_ARCHITECTURE aarch64-linux-gnu)

set(TREX_AARCH64_SYSROOT "" CACHE PATH "folder that the arm64 packages were unpacked into")
list(APPEND CMAKE_TRY_COMPILE_PLATFORM_VARIABLES TREX_AARCH64_SYSROOT)

set(CMAKE_FIND_ROOT_PATH ${TREX_AARCH64_SYSROOT} /usr/aarch64-linux-gnu)
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE ONLY)
set(ENV{PKG_CONFIG_LIBDIR} ${TREX_AARCH64_SYSROOT}/usr/lib/aarch64-linux-gnu/pkgconfig)
set(ENV{PKG_CONFIG_SYSROOT_DIR} ${TREX_AARCH64_SYSROOT})
# Shared libraries that the linked ones need in turn.
set(CMAKE_EXE_LINKER_FLAGS_INIT
  "-Wl,-rpath-link,${TREX_AARCH64_SYSROOT}/usr/lib/aarch64-linux-gnu:${TREX_AARCH64_SYSROOT}/lib/aarch64-linux-gnu")
