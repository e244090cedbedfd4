# Foreign headers that many files include, read once per build instead of once per file. Which set a
# library gets: matchgo_library(... PRECOMPILED wire|plain|none), plain where nothing is said.
#
# A file still includes all that it uses: clang-tidy and the tidy rules see it without these.
# Off: for clangd and others that read compile_commands.json but not g++'s headers.
option(MATCHGO_PRECOMPILE "Use precompiled headers" ON)

set(plain_headers
  <algorithm> <array> <atomic> <chrono> <cstdint> <functional> <map> <memory> <mutex> <optional>
  <set> <span> <string> <string_view> <utility> <vector>
  <absl/status/status.h> <absl/status/statusor.h> <absl/strings/str_cat.h>)
set(wire_headers ${plain_headers}
  <google/protobuf/descriptor.h> <google/protobuf/duration.pb.h> <google/protobuf/field_mask.pb.h>
  <google/protobuf/generated_message_reflection.h> <google/protobuf/map_field_inl.h>
  <google/protobuf/message.h> <google/protobuf/timestamp.pb.h>
  <google/protobuf/wire_format.h>
  <grpcpp/channel.h> <grpcpp/client_context.h> <grpcpp/generic/async_generic_service.h>
  <grpcpp/impl/codegen/method_handler.h> <grpcpp/server_builder.h> <grpcpp/server_context.h>
  <grpcpp/support/async_stream.h> <grpcpp/support/async_unary_call.h>
  <grpcpp/support/client_callback.h> <grpcpp/support/message_allocator.h>
  <grpcpp/support/server_callback.h> <grpcpp/support/sync_stream.h>)
set(generated_headers ${wire_headers})
set(command_headers ${wire_headers} <CLI/CLI.hpp> <nlohmann/json.hpp>)
set(test_headers ${wire_headers} <gmock/gmock.h> <gtest/gtest.h>)

# One empty source per set carries its header; the sets are built when somebody uses them.
set(kinds plain wire generated command)
if(MATCHGO_TESTS)
  list(APPEND kinds test)
endif()
if(MATCHGO_PRECOMPILE)
  foreach(kind ${kinds})
    set(source ${CMAKE_BINARY_DIR}/precompiled/${kind}.cc)
    file(CONFIGURE OUTPUT ${source} CONTENT "// What carries the ${kind} headers.\n")
    add_library(precompiled_${kind} OBJECT EXCLUDE_FROM_ALL ${source})
    target_precompile_headers(precompiled_${kind} PRIVATE ${${kind}_headers})
  endforeach()
  # A set serves only files with the same options and macros.
  target_compile_options(precompiled_generated PRIVATE ${MATCHGO_GENERATED_OPTIONS})
  if(MATCHGO_TESTS)
    target_link_libraries(precompiled_test PRIVATE GTest::gmock)
  endif()
endif()

# matchgo_precompiled(TARGET KIND)
function(matchgo_precompiled target kind)
  if(MATCHGO_PRECOMPILE AND NOT kind STREQUAL none)
    target_precompile_headers(${target} REUSE_FROM precompiled_${kind})
  endif()
endfunction()
