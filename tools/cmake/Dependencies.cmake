# Everything here is a Debian 12 package; the list lives in tools/packages.
find_package(Threads REQUIRED)
find_package(Protobuf REQUIRED)
find_package(gRPC CONFIG REQUIRED)
find_package(absl CONFIG REQUIRED)
find_package(prometheus-cpp CONFIG REQUIRED)
find_package(spdlog CONFIG REQUIRED)
find_package(nlohmann_json CONFIG REQUIRED)
find_package(CLI11 CONFIG REQUIRED)
find_package(SQLite3 REQUIRED)
find_package(OpenSSL REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(SODIUM REQUIRED IMPORTED_TARGET libsodium)
pkg_check_modules(RE2 REQUIRED IMPORTED_TARGET re2)
pkg_check_modules(SIMDJSON REQUIRED IMPORTED_TARGET simdjson)
find_package(SOCI REQUIRED)
# What programs that people run or measure allocate with; why: tests/bench/README.md. The sanitizers
# bring an allocator of their own.
add_library(matchgo_allocator INTERFACE)
if(NOT MATCHGO_SANITIZE)
  pkg_check_modules(JEMALLOC REQUIRED IMPORTED_TARGET jemalloc)
  # No symbol but malloc is asked of it, so the linker would think it is not needed.
  target_link_libraries(matchgo_allocator INTERFACE
    "-Wl,--push-state,--no-as-needed" PkgConfig::JEMALLOC "-Wl,--pop-state")
endif()
if(MATCHGO_TESTS)
  find_package(GTest REQUIRED)
endif()
if(MATCHGO_BENCHES)
  find_package(benchmark REQUIRED)
endif()

# google/api/{annotations,http}.proto come with Debian's grpc-gateway package; not vendored.
find_path(GOOGLEAPIS_DIR google/api/annotations.proto
  PATHS /usr/share/gocode/src/github.com/grpc-ecosystem/grpc-gateway/third_party/googleapis
  NO_DEFAULT_PATH REQUIRED)
