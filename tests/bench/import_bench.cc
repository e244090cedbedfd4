// tools/bench import: ImportVacancies against `sqlite3 .import` of the same rows.
//
// Each round loads the rows through the stream (100 a message, durable, validated, with events),
// writes the table that came out as CSV, and lets the sqlite3 shell load that into an empty table
// of the same columns, checks and both indexes. The ratio is rows a second, ours over the shell's.
//
// What the shell does: one transaction, in WAL with synchronous=FULL, one prepared INSERT a row; on
// leaving it moves its log into the file, which is in its time. Its page cache is the default of
// 2 MB (ours 32 MB). It writes no events. What the import does beside the insert: protobuf over a
// socket, in one process with its client, rules, ids, the payload, an event a row and a commit for
// each group; its log is moved into the file every 32 MB, by a thread of its own. So it wants two
// cores, the shell one.
#include <grpcpp/grpcpp.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <thread>
#include <vector>

#include "common/random/random.h"
#include "common/rpc/channel.h"
#include "common/service/process.h"
#include "common/time/clock.h"
#include "matchgo/vacancies/v1/vacancy_service.grpc.pb.h"
#include "services/vacancies/module.h"
#include "tests/bench/cpu_time.h"
#include "tests/bench/samples.h"

namespace matchgo::bench {
namespace {

constexpr int kRows = 100'000;
constexpr int kRowsPerMessage = 100;
constexpr int kRounds = 5;

double SecondsSince(std::chrono::steady_clock::time_point began) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
}

void Must(bool fine, const std::string& what) {
  if (fine) return;
  std::fprintf(stderr, "%s\n", what.c_str());
  std::exit(1);
}

void Shell(const std::string& command) {
  Must(std::system(command.c_str()) == 0, "failed: " + command);
}

// All messages, made and encoded before the clock starts: the shell finds its rows in a file, too.
std::vector<grpc::ByteBuffer> Messages(const std::string& employer) {
  std::vector<grpc::ByteBuffer> messages;
  for (int begin = 0; begin < kRows; begin += kRowsPerMessage) {
    vacancies::v1::ImportVacanciesRequest message;
    message.set_publish(true);
    message.set_request_id("batch-" + std::to_string(begin));
    for (int i = 0; i < kRowsPerMessage; ++i) {
      auto* row = message.add_rows();
      row->set_parent(employer);
      *row->mutable_vacancy() = SampleVacancy(begin + i);
    }
    const grpc::Slice bytes(message.SerializeAsString());
    messages.emplace_back(&bytes, 1);
  }
  return messages;
}

struct Cost {
  double seconds = 0;
  double cpu_micros = 0;
};

// What it takes to load everything, all of it durable; the CPU time of the client included.
Cost Import(const std::filesystem::path& data) {
  SystemClock clock;
  SystemEntropy entropy;
  ProcessOptions options;
  options.data_dir = data;
  options.listen = {"unix:" + (data.string() + ".sock")};
  auto process = Process::Start(options, clock, entropy, {vacancies::MakeVacanciesModule});
  Must(process.ok(), MessageOf(process.status()));
  rpc::Caller::Options as;
  as.principal = {.role = Role::kOps, .id = "bench", .tenant = {}};
  rpc::Caller caller(as);
  const auto channel = rpc::MakeChannel(options.listen[0]);
  const auto stub = vacancies::v1::VacancyService::NewStub(channel);
  vacancies::v1::CreateEmployerRequest employer;
  employer.set_request_id("employer");
  employer.mutable_employer()->set_display_name("Bench BV");
  employer.mutable_employer()->set_sector("techniek");
  const auto made =
      caller.Unary(*stub, &vacancies::v1::VacancyService::StubInterface::CreateEmployer, employer);
  Must(made.ok(), MessageOf(made.status()));
  const auto messages = Messages(made->name());
  const grpc::internal::RpcMethod method("/matchgo.vacancies.v1.VacancyService/ImportVacancies",
                                         grpc::internal::RpcMethod::BIDI_STREAMING, channel);
  const double cpu = CpuMicros(RUSAGE_SELF);
  const auto began = std::chrono::steady_clock::now();
  grpc::ClientContext context;
  caller.Prepare(&context);
  using Stream = grpc::ClientReaderWriter<grpc::ByteBuffer, vacancies::v1::ImportVacanciesResponse>;
  const std::unique_ptr<Stream> stream(
      grpc::internal::ClientReaderWriterFactory<
          grpc::ByteBuffer, vacancies::v1::ImportVacanciesResponse>::Create(channel.get(), method,
                                                                            &context));
  size_t answered = 0;
  vacancies::v1::ImportVacanciesResponse reply;
  const auto await_one = [&] {
    Must(stream->Read(&reply), "the stream ended early");
    for (const auto& result : reply.results()) {
      Must(result.outcome() == vacancies::v1::ImportVacanciesResponse::Result::OUTCOME_CREATED,
           "a row was refused: " + result.reason() + " " + result.field());
    }
    ++answered;
  };
  std::jthread sender([&] {
    for (const auto& message : messages) Must(stream->Write(message), "the stream broke");
    stream->WritesDone();
  });
  while (answered < messages.size()) await_one();
  Must(stream->Finish().ok(), "the stream failed");
  return {.seconds = SecondsSince(began), .cpu_micros = CpuMicros(RUSAGE_SELF) - cpu};
}

// What it takes the sqlite3 shell to load the same rows.
Cost ShellImport(const std::filesystem::path& folder, const std::filesystem::path& database) {
  const std::string csv = (folder / "rows.csv").string();
  const std::string shell = (folder / "shell.db").string();
  const std::string schema = (folder / "schema.sql").string();
  Shell("sqlite3 -csv " + database.string() + " 'SELECT * FROM vacancy' > " + csv);
  Shell("sqlite3 " + database.string() + " '.schema vacancy' > " + schema);
  std::filesystem::remove(shell);
  Shell("sqlite3 " + shell + " 'PRAGMA journal_mode=WAL' '.read " + schema + "' > /dev/null");
  const double cpu = CpuMicros(RUSAGE_CHILDREN);
  const auto began = std::chrono::steady_clock::now();
  Shell("sqlite3 " + shell + " 'PRAGMA synchronous=FULL' '.mode csv' '.import " + csv +
        " vacancy'");
  return {.seconds = SecondsSince(began), .cpu_micros = CpuMicros(RUSAGE_CHILDREN) - cpu};
}

int Main() {
  std::string name = (std::filesystem::temp_directory_path() / "matchgo-bench-XXXXXX").string();
  const std::filesystem::path folder = mkdtemp(name.data());
  std::vector<double> ratios;
  std::printf("%5s %16s %16s %8s %12s %12s\n", "round", "import rows/s", ".import rows/s", "ratio",
              "CPU us/row", ".import");
  for (int round = 1; round <= kRounds; ++round) {
    const std::filesystem::path data = folder / ("data" + std::to_string(round));
    const Cost ours = Import(data);
    const Cost shell = ShellImport(folder, data / "vacancies.db");
    ratios.push_back(shell.seconds / ours.seconds);
    std::printf("%5d %16.0f %16.0f %8.2f %12.1f %12.1f\n", round, kRows / ours.seconds,
                kRows / shell.seconds, ratios.back(), ours.cpu_micros / kRows,
                shell.cpu_micros / kRows);
    std::fflush(stdout);
    std::filesystem::remove_all(data);
  }
  std::sort(ratios.begin(), ratios.end());
  std::printf("median ratio %.2f (%d rows, %d a message)\n", ratios[ratios.size() / 2], kRows,
              kRowsPerMessage);
  std::filesystem::remove_all(folder);
  return 0;
}

}  // namespace
}  // namespace matchgo::bench

int main() { return matchgo::bench::Main(); }
