# Compiler flags. Warnings are errors in our code; generated code is included as system headers.
find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM)
  # What ccache asks for before it caches a file that uses a precompiled header.
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env
    CCACHE_SLOPPINESS=pch_defines,time_macros CCACHE_INODECACHE=1 ${CCACHE_PROGRAM})
endif()

# Enough for a stack trace at a fifth of the size and time of -g.
set(CMAKE_CXX_FLAGS_DEBUG "-O0 -g1")
set(CMAKE_CXX_FLAGS_RELWITHDEBINFO "-O2 -g1")
# CHECK stays on in release builds; assert() is not used.
set(CMAKE_CXX_FLAGS_RELEASE "-O2")

# Everywhere, because a precompiled header serves only files with the same macros.
add_compile_options(-pthread)

add_library(matchgo_warnings INTERFACE)
target_compile_options(matchgo_warnings INTERFACE -Wall -Wextra -Wconversion -Wshadow
  -Wnon-virtual-dtor -Woverloaded-virtual -Werror)
# g++ 12 reports false positives in libstdc++ once sanitizers rewrite the code or -O2 inlines it.
target_compile_options(matchgo_warnings INTERFACE -Wno-maybe-uninitialized -Wno-restrict)

if(MATCHGO_SANITIZE)
  add_compile_options(-fsanitize=${MATCHGO_SANITIZE} -fno-omit-frame-pointer)
  if(MATCHGO_SANITIZE MATCHES undefined)
    # The vptr check needs RTTI of gRPC internals that Debian's build does not export.
    add_compile_options(-fno-sanitize=vptr -fno-sanitize-recover=undefined)
  endif()
  add_link_options(-fsanitize=${MATCHGO_SANITIZE})
endif()
if(MATCHGO_COVERAGE)
  add_compile_options(--coverage)
  add_link_options(--coverage)
endif()

# Generated code gains nothing from the sanitizers, and all it does is copy and count.
set(MATCHGO_GENERATED_OPTIONS -w -O1 -fno-sanitize=all)
