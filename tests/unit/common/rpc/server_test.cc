#include "common/rpc/server.h"

#include <google/protobuf/descriptor.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "grpc/health/v1/health.pb.h"
#include "tests/support/echo/echo_world.h"
#include "tests/support/raw_call.h"
#include "tests/support/status_matchers.h"

namespace matchgo::rpc {
namespace {

using echo::EchoWorld;

// Sends bytes as they are, as a stranger would.
grpc::Status SendBytes(const std::shared_ptr<grpc::Channel>& channel, const std::string& method,
                       const std::string& bytes, std::string* answer = nullptr) {
  return CallWithBytes(channel, EchoWorld::Context().get(), method, bytes, answer);
}

TEST(ServerTest, ListensWhereStrangersCannotCome) {
  struct Row {
    const char* address;
    bool allowed;
  };
  for (const Row& row :
       {Row{"unix:/tmp/a.sock", true}, Row{"127.0.0.1:0", true}, Row{"localhost:7000", true},
        Row{"[::1]:7000", true}, Row{"127.0.0.2:1", true}, Row{"0.0.0.0:7000", false},
        Row{"[::]:7000", false}, Row{"10.0.0.1:7000", false}, Row{"example.nl:7000", false},
        Row{":7000", false}, Row{"127.0.0.1.example.nl:1", false}, Row{"127.0.0.1", false},
        Row{"vsock:1:1", false}, Row{"", false}}) {
    EXPECT_EQ(CheckListenAddress(row.address).ok(), row.allowed) << row.address;
  }
}

TEST(ServerTest, ATakenOrImpossibleAddressIsAStatus) {
  const auto first = Server::Start({"127.0.0.1:0"}, [](grpc::ServerBuilder&) {});
  ASSERT_THAT(first, IsOk());
  const std::string address = (*first)->addresses().at(0);
  EXPECT_NE(address, "127.0.0.1:0");
  const auto nothing = [](grpc::ServerBuilder&) {};
  EXPECT_THAT(Server::Start({address}, nothing), HasReason("LISTEN_ADDRESS"));
  EXPECT_THAT(Server::Start({"unix:/nonexistent/folder/a.sock"}, nothing),
              HasReason("LISTEN_ADDRESS"));
  EXPECT_THAT(Server::Start({"0.0.0.0:0"}, nothing), HasReason("LISTEN_ADDRESS"));
}

TEST(ServerTest, HealthFollowsAndIsDescribed) {
  EchoWorld world;
  auto health = [&] {
    std::string answer;
    SendBytes(world.server->InProcessChannel(), "/grpc.health.v1.Health/Check", "", &answer);
    grpc::health::v1::HealthCheckResponse response;
    EXPECT_TRUE(response.ParseFromString(answer));
    return response.status();
  };
  EXPECT_EQ(health(), grpc::health::v1::HealthCheckResponse::NOT_SERVING);
  world.server->SetServing(true);
  EXPECT_EQ(health(), grpc::health::v1::HealthCheckResponse::SERVING);
  EXPECT_NE(google::protobuf::DescriptorPool::generated_pool()->FindServiceByName(
                "grpc.health.v1.Health"),
            nullptr);
}

TEST(ServerTest, HostileBytesDoNoHarm) {
  EchoWorld world;
  const auto channel = world.server->InProcessChannel();
  const std::string method = "/matchgo.echo.v1.EchoService/CreateEcho";
  // 3,000 records inside each other, each as field 19 of the one around it.
  std::string nested;
  for (int i = 0; i < 3000; ++i) {
    std::string outer = "\x9a\x01";
    for (size_t size = nested.size();; size >>= 7) {
      outer.push_back(static_cast<char>((size & 0x7f) | (size > 0x7f ? 0x80 : 0)));
      if (size <= 0x7f) break;
    }
    nested = outer + nested;
  }
  std::string deep = "\x0a";
  for (size_t size = nested.size();; size >>= 7) {
    deep.push_back(static_cast<char>((size & 0x7f) | (size > 0x7f ? 0x80 : 0)));
    if (size <= 0x7f) break;
  }
  deep += nested;
  struct Row {
    const char* name;
    std::string bytes;
  };
  for (const Row& row :
       {Row{"not protobuf", "\xff\xff\xff\xff"}, Row{"truncated", std::string("\x0a\x50", 2)},
        Row{"bad UTF-8", std::string("\x12\x02\xc3\x28", 4)}, Row{"deep", deep},
        Row{"endless group", std::string(3000, '\x0b')},
        Row{"five megabytes", std::string(5 << 20, 'x')}}) {
    SCOPED_TRACE(row.name);
    EXPECT_FALSE(SendBytes(channel, method, row.bytes).ok());
    EXPECT_THAT(world.Get("echoes/1"), IsOk());
  }
  EXPECT_EQ(SendBytes(channel, method, std::string(5 << 20, 'x')).error_code(),
            grpc::StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_EQ(SendBytes(channel, "/matchgo.echo.v1.EchoService/Nothing", "").error_code(),
            grpc::StatusCode::UNIMPLEMENTED);
  EXPECT_EQ(world.database->sequence(), 0);
}

class SocketTest : public testing::Test {
 protected:
  SocketTest() {
    world_.Serve({address_});
    world_.stub = echo::pb::EchoService::NewStub(MakeChannel(address_));
  }
  grpc::StatusCode Get(grpc::ClientContext& context, const std::string& name) {
    echo::pb::GetEchoRequest request;
    request.set_name(name);
    echo::pb::Echo reply;
    return world_.stub->GetEcho(&context, request, &reply).error_code();
  }

  const std::string address_ = "unix:" + testing::TempDir() + "server_test.sock";
  EchoWorld world_{{.threads = 1, .queue_max = 4}};
};

// Neither way; who compresses hears that it is of no use here, also when a text is too short for
// it.
TEST_F(SocketTest, NothingIsCompressed) {
  struct Row {
    grpc_compression_algorithm algorithm;
    grpc::StatusCode code;
  };
  for (const Row& row : {Row{GRPC_COMPRESS_NONE, grpc::StatusCode::OK},
                         Row{GRPC_COMPRESS_DEFLATE, grpc::StatusCode::UNIMPLEMENTED},
                         Row{GRPC_COMPRESS_GZIP, grpc::StatusCode::UNIMPLEMENTED}}) {
    for (const std::string& name : {std::string("echoes/1"), "echoes/" + std::string(2000, '1')}) {
      if (row.algorithm == GRPC_COMPRESS_NONE && name.size() > 100) continue;
      const auto context = EchoWorld::Context();
      context->set_compression_algorithm(row.algorithm);
      EXPECT_EQ(Get(*context, name), row.code) << row.algorithm << " " << name.size();
    }
  }
}

TEST_F(SocketTest, DeadlinesHoldWithoutTimersOfTheServer) {
  std::jthread running([&] { EXPECT_THAT(world_.Get("echoes/wait"), IsOk()); });
  world_.service->gate().AwaitArrivals(1);
  const auto late = EchoWorld::Context();
  late->set_deadline(std::chrono::system_clock::now() + std::chrono::milliseconds(200));
  EXPECT_EQ(Get(*late, "echoes/1"), grpc::StatusCode::DEADLINE_EXCEEDED);
  world_.service->gate().Open();
  world_.executor.Drain();
  EXPECT_EQ(world_.service->work_count(), 1);
}

// Over a socket: the in-process transport of gRPC 1.51 closes at once, which is why a Process waits
// for its calls before it stops its server.
TEST_F(SocketTest, AStopLetsCallsEnd) {
  std::jthread caller([&] { EXPECT_THAT(world_.Get("echoes/wait"), IsOk()); });
  world_.service->gate().AwaitArrivals(1);
  std::jthread stopper([&] { world_.server->Stop(std::chrono::seconds(20)); });
  world_.service->gate().Open();
  stopper.join();
  caller.join();
}

}  // namespace
}  // namespace matchgo::rpc
