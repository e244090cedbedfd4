// tools/bench rpc: GetSwitcher and durable CreateVacancy as a ratio to a bare gRPC callback echo.
//
// Echo, get and create alternate in short spans over unix sockets, so a slow second of the machine
// hits all three; the ratio of a round is to the echo just before. Client and server share the
// process, as in research of the stack; the median of the rounds is printed.
//
// `rpc_bench create 64 10` runs one of echo, get and create alone, with 64 in flight for 10
// seconds, and tells the CPU time of a call, client included: for a profiler, and for a machine too
// busy to believe rates.
#include <google/protobuf/message.h>
#include <grpcpp/grpcpp.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "common/random/random.h"
#include "common/rpc/channel.h"
#include "common/service/process.h"
#include "common/sql/database.h"
#include "common/time/clock.h"
#include "matchgo/profiles/v1/profile_service.grpc.pb.h"
#include "matchgo/vacancies/v1/vacancy_service.grpc.pb.h"
#include "services/profiles/module.h"
#include "services/vacancies/module.h"
#include "tests/bench/closed_loop.h"
#include "tests/bench/cpu_time.h"
#include "tests/bench/samples.h"
#include "tests/support/echo/echo_service.grpc.pb.h"

namespace matchgo::bench {
namespace {

constexpr std::chrono::milliseconds kSpan{600};
constexpr int kRounds = 9;
constexpr int kPeople = 1000;

// The yardstick: a callback that fills a small reply.
class Echo final : public echo::v1::EchoService::CallbackService {
  grpc::ServerUnaryReactor* PingEcho(grpc::CallbackServerContext* context,
                                     const echo::v1::PingEchoRequest* request,
                                     echo::v1::Echo* reply) override {
    reply->set_name(request->name());
    auto* reactor = context->DefaultReactor();
    reactor->Finish(grpc::Status::OK);
    return reactor;
  }
};

void Must(const Status& status) {
  if (status.ok()) return;
  std::fprintf(stderr, "%s\n", MessageOf(status).c_str());
  std::exit(1);
}

// One call in flight; made anew for each, because a client context serves once.
struct Flight {
  grpc::ClientContext context;
  grpc::ByteBuffer request;
  grpc::ByteBuffer reply;
};

grpc::ByteBuffer BytesOf(const google::protobuf::Message& message, const grpc::Slice& before = {}) {
  const std::string own = message.SerializeAsString();
  const std::vector<grpc::Slice> slices{before, grpc::Slice(own)};
  return grpc::ByteBuffer(slices.data(), slices.size());
}

rpc::Caller As(Role role, const char* tenant) {
  rpc::Caller::Options options;
  options.principal = {.role = role, .id = "bench", .tenant = TenantId(tenant)};
  return rpc::Caller(options);
}

// Calls as a generated stub does, but with bytes in and out, for the echo and for what is compared
// to it alike: what a client does with its messages is no cost of the service, and both share the
// cores.
StartCall Starter(const rpc::Caller& caller, std::shared_ptr<grpc::Channel> channel,
                  const char* path, std::function<grpc::ByteBuffer(int)> request) {
  const grpc::internal::RpcMethod method(path, grpc::internal::RpcMethod::NORMAL_RPC, channel);
  return [&caller, channel, method, request = std::move(request)](int slot, Done done) {
    auto flight = std::make_shared<Flight>();
    caller.Prepare(&flight->context);
    flight->request = request(slot);
    grpc::internal::CallbackUnaryCall<grpc::ByteBuffer, grpc::ByteBuffer>(
        channel.get(), method, &flight->context, &flight->request, &flight->reply,
        [flight, done = std::move(done)](const grpc::Status& status) {
          done(status.ok(), status.error_message());
        });
  };
}

class RpcBench {
 public:
  explicit RpcBench(const std::filesystem::path& folder)
      : socket_("unix:" + (folder / "services.sock").string()),
        echo_socket_("unix:" + (folder / "echo.sock").string()) {
    ProcessOptions options;
    options.listen = {socket_};
    options.data_dir = folder / "data";
    auto process = Process::Start(options, clock_, entropy_,
                                  {profiles::MakeProfilesModule, vacancies::MakeVacanciesModule});
    Must(process.status());
    process_ = *std::move(process);
    grpc::ServerBuilder builder;
    builder.AddListeningPort(echo_socket_, grpc::InsecureServerCredentials());
    builder.RegisterService(&echo_);
    echo_server_ = builder.BuildAndStart();
    echo_channel_ = Connect(echo_socket_);
    channel_ = Connect(socket_);
    profiles_ = profiles::v1::ProfileService::NewStub(channel_);
    vacancies_ = vacancies::v1::VacancyService::NewStub(channel_);
    Fill();
  }

  void RunOne(const std::string& what, int concurrency, std::chrono::seconds span) {
    ClosedLoop loop(concurrency, what == "echo"  ? StartEcho()
                                 : what == "get" ? StartGet()
                                                 : StartCreate());
    const double before = CpuMicros(RUSAGE_SELF);
    const double rate = loop.Run(span);
    const double calls = rate * static_cast<double>(span.count());
    std::printf("%s: %.0f calls a second, %.1f us of CPU a call\n", what.c_str(), rate,
                (CpuMicros(RUSAGE_SELF) - before) / calls);
  }

  void Run(int concurrency) {
    ClosedLoop echo(concurrency, StartEcho());
    ClosedLoop get(concurrency, StartGet());
    ClosedLoop create(concurrency, StartCreate());
    echo.Run(kSpan);
    get.Run(kSpan);
    create.Run(kSpan);
    std::vector<double> rates;
    std::vector<double> gets;
    std::vector<double> creates;
    for (int round = 0; round < kRounds; ++round) {
      const double before_get = echo.Run(kSpan);
      gets.push_back(get.Run(kSpan) / before_get);
      const double before_create = echo.Run(kSpan);
      creates.push_back(create.Run(kSpan) / before_create);
      rates.push_back(before_get);
    }
    Print(concurrency, "echo (calls a second)", rates, 0);
    Print(concurrency, "GetSwitcher / echo", gets, 2);
    Print(concurrency, "CreateVacancy / echo", creates, 2);
  }

 private:
  static std::shared_ptr<grpc::Channel> Connect(const std::string& address) {
    auto channel = rpc::MakeChannel(address);
    // Takes its time under a profiler.
    if (!channel->WaitForConnected(std::chrono::system_clock::now() + std::chrono::minutes(1))) {
      Must(Internal("no connection to " + address));
    }
    return channel;
  }

  static void Print(int concurrency, const char* what, std::vector<double> values, int decimals) {
    std::sort(values.begin(), values.end());
    std::printf("%11d  %-24s %10.*f %10.*f %10.*f\n", concurrency, what, decimals, values.front(),
                decimals, values[values.size() / 2], decimals, values.back());
    std::fflush(stdout);
  }

  void Fill() {
    rpc::Caller ops = As(Role::kOps, "");
    vacancies::v1::CreateEmployerRequest employer;
    employer.set_request_id("employer");
    employer.mutable_employer()->set_display_name("Bench BV");
    employer.mutable_employer()->set_sector("techniek");
    const auto made = ops.Unary(
        *vacancies_, &vacancies::v1::VacancyService::StubInterface::CreateEmployer, employer);
    Must(made.status());
    employer_ = made->name();
    for (int begin = 0; begin < kPeople; begin += 100) {
      profiles::v1::BatchCreateSwitchersRequest people;
      people.set_request_id("people-" + std::to_string(begin));
      for (int i = 0; i < 100; ++i) *people.add_switchers() = SampleSwitcher(begin + i);
      const auto reply = partner_.Unary(
          *profiles_, &profiles::v1::ProfileService::StubInterface::BatchCreateSwitchers, people);
      Must(reply.status());
      for (const auto& switcher : reply->switchers()) people_.push_back(switcher.name());
    }
  }

  StartCall StartEcho() {
    return Starter(partner_, echo_channel_, "/matchgo.echo.v1.EchoService/PingEcho",
                   [this](int slot) {
                     echo::v1::PingEchoRequest request;
                     request.set_name(people_[static_cast<size_t>(slot)]);
                     return BytesOf(request);
                   });
  }

  StartCall StartGet() {
    return Starter(partner_, channel_, "/matchgo.profiles.v1.ProfileService/GetSwitcher",
                   [this](int) {
                     profiles::v1::GetSwitcherRequest request;
                     request.set_name(people_[static_cast<size_t>(next_person_++ % kPeople)]);
                     return BytesOf(request);
                   });
  }

  // What all requests share is encoded once; the key and the reference follow, which protobuf
  // merges.
  StartCall StartCreate() {
    vacancies::v1::CreateVacancyRequest shared;
    shared.set_parent(employer_);
    *shared.mutable_vacancy() = SampleVacancy(0);
    return Starter(ops_, channel_, "/matchgo.vacancies.v1.VacancyService/CreateVacancy",
                   [this, before = grpc::Slice(shared.SerializeAsString())](int) {
                     const std::string number = std::to_string(next_vacancy_++);
                     vacancies::v1::CreateVacancyRequest request;
                     request.set_request_id("vacancy-" + number);
                     request.mutable_vacancy()->set_external_reference("hr-" + number);
                     return BytesOf(request, before);
                   });
  }

  const std::string socket_;
  const std::string echo_socket_;
  SystemClock clock_;
  SystemEntropy entropy_;
  rpc::Caller partner_ = As(Role::kPartner, "bench-partner");
  rpc::Caller ops_ = As(Role::kOps, "");
  Echo echo_;
  std::unique_ptr<Process> process_;
  std::unique_ptr<grpc::Server> echo_server_;
  std::shared_ptr<grpc::Channel> echo_channel_;
  std::shared_ptr<grpc::Channel> channel_;
  std::unique_ptr<profiles::v1::ProfileService::Stub> profiles_;
  std::unique_ptr<vacancies::v1::VacancyService::Stub> vacancies_;
  std::string employer_;
  std::vector<std::string> people_;
  std::atomic<int64_t> next_person_{0};
  std::atomic<int64_t> next_vacancy_{0};
};

}  // namespace
}  // namespace matchgo::bench

int main(int argc, char** argv) {
  std::string name = (std::filesystem::temp_directory_path() / "matchgo-bench-XXXXXX").string();
  const std::filesystem::path folder = mkdtemp(name.data());
  {
    matchgo::bench::RpcBench bench(folder);
    if (argc == 4) {
      bench.RunOne(argv[1], std::atoi(argv[2]), std::chrono::seconds(std::atoi(argv[3])));
    } else {
      std::printf("%11s  %-24s %10s %10s %10s\n", "in flight", "what", "min", "median", "max");
      for (const int concurrency : {16, 64}) bench.Run(concurrency);
    }
  }
  std::filesystem::remove_all(folder);
  return 0;
}
