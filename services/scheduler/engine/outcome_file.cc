#include "services/scheduler/engine/outcome_file.h"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

#include "services/scheduler/engine/json_reader.h"
#include "services/scheduler/engine/json_writer.h"
#include "services/scheduler/engine/reasons.h"
#include "services/scheduler/engine/text_lines.h"

namespace matchgo::scheduler::engine {
namespace {

constexpr int64_t kAnyMax = std::numeric_limits<int64_t>::max() / 16;
constexpr std::array<std::string_view, 2> kWhyNames = {"no_feasible_contract", "outcompeted"};
constexpr std::array<std::string_view, 5> kTypes = {"outcome", "match", "closed", "unmatched",
                                                    "summary"};

// The numbers of a summary in the order in which they are written.
struct SummaryField {
  std::string_view name;
  int64_t OutcomeSummary::*value;
};
constexpr std::array<SummaryField, 8> kSummaryFields = {{
    {"switchers", &OutcomeSummary::switchers},
    {"matched", &OutcomeSummary::matched},
    {"openings", &OutcomeSummary::openings},
    {"starts", &OutcomeSummary::starts},
    {"running", &OutcomeSummary::running},
    {"seats_filled", &OutcomeSummary::seats_filled},
    {"total_score", &OutcomeSummary::total_score},
    {"total_score_minima_ignored", &OutcomeSummary::total_score_minima_ignored},
}};
// Those that every outcome has to have.
constexpr size_t kSummaryRequired = 7;

std::string WeightsJson(const Weights& weights) {
  std::string json = "{";
  for (size_t i = 0; i < kPartCount; ++i) {
    if (i > 0) json.push_back(',');
    AppendJsonText(json, kPartNames[i]);
    json.append(":").append(std::to_string(weights.of[i]));
  }
  return json + "}";
}

void AppendMatch(std::string& out, const OutcomeMatch& match) {
  JsonLine line(out, "match");
  line.Text("s", match.contract.switcher).Text("v", match.contract.vacancy);
  line.TextOrNull("p", match.contract.start).Number("score", match.score);
  if (match.ready) line.Number("ready", *match.ready);
  if (match.modules) line.TextList("modules", *match.modules);
  line.End();
  out.push_back('\n');
}

class OutcomeReader {
 public:
  // Reads a line into the outcome; false with the problem in `in`.
  bool Line(std::string_view text) {
    problem_ = {};
    std::string type;
    if (!FindType(text, type)) return false;
    JsonReader in(text, pool_);
    const bool read = ByType(in, type) && in.End();
    if (!read && problem_.wanted.empty()) problem_ = in.problem();
    return read;
  }
  const FieldProblem& problem() const { return problem_; }
  bool has_header() const { return has_header_; }
  bool has_summary() const { return has_summary_; }
  Outcome Take() { return std::move(outcome_); }

 private:
  bool FindType(std::string_view text, std::string& type) {
    JsonReader in(text, pool_);
    const bool read = in.Members([&](std::string_view key) {
      return key == "t" && type.empty() ? in.Text(type) || in.FailIn("t") : in.Skip();
    });
    const auto* const known = std::ranges::find(kTypes, std::string_view(type));
    if (!read) {
      problem_ = in.problem();
    } else if (known == kTypes.end()) {
      problem_ = {"t", "one of outcome, match, closed, unmatched, summary"};
    } else if (!has_header_ && type != "outcome") {
      problem_ = {"t", "the outcome line first"};
    } else if (has_summary_ || known - kTypes.begin() < kind_) {
      problem_ = {"t", "match, closed, unmatched and summary lines in this order"};
    } else {
      kind_ = known - kTypes.begin();
      return true;
    }
    return false;
  }

  bool ByType(JsonReader& in, std::string_view type) {
    if (type == "outcome") return Header(in);
    if (type == "match") return Match(in);
    if (type == "closed") return Closed(in);
    if (type == "unmatched") return Unmatched(in);
    return Summary(in);
  }

  static bool AllSeen(JsonReader& in, std::span<const std::string_view> names, uint32_t seen,
                      size_t required) {
    for (size_t i = 0; i < required; ++i) {
      if ((seen >> i & 1U) == 0) {
        in.Fail("this field");
        return in.FailIn(names[i]);
      }
    }
    return true;
  }

  bool ReadWeights(JsonReader& in) {
    uint32_t seen = 0;
    return in.Object(kPartNames, seen, [&](size_t field) {
      int64_t weight = 0;
      if (!in.Integer(0, 1000, weight)) return false;
      outcome_.weights.of[field] = static_cast<int32_t>(weight);
      return true;
    }) && AllSeen(in, kPartNames, seen, kPartCount);
  }

  bool Header(JsonReader& in) {
    static constexpr std::array<std::string_view, 7> kNames = {
        "t", "format", "market_digest", "mechanism", "weights", "seed", "version"};
    if (std::exchange(has_header_, true)) {
      in.Fail("one outcome line only");
      return in.FailIn("t");
    }
    std::string text;
    uint32_t seen = 0;
    const bool read = in.Object(kNames, seen, [&](size_t field) {
      switch (field) {
        case 0:
          return in.Text(text);
        case 1:
          return in.Text(text) && (text == "outcome/1" || in.Fail("\"outcome/1\""));
        case 2:
          return in.Text(outcome_.market_digest);
        case 3:
          return in.Text(outcome_.mechanism);
        case 4:
          return ReadWeights(in);
        case 5:
          return in.Text(outcome_.seed);
        default:
          return in.Text(outcome_.version);
      }
    });
    return read && AllSeen(in, kNames, seen, kNames.size());
  }

  bool Match(JsonReader& in) {
    static constexpr std::array<std::string_view, 7> kNames = {"t",     "s",     "v",      "p",
                                                               "score", "ready", "modules"};
    OutcomeMatch match;
    std::string text;
    uint32_t seen = 0;
    const bool read = in.Object(kNames, seen, [&](size_t field) {
      switch (field) {
        case 0:
          return in.Text(text);
        case 1:
          return in.Id(match.contract.switcher);
        case 2:
          return in.Id(match.contract.vacancy);
        case 3:
          return in.TakeNull() || in.Id(match.contract.start.emplace());
        case 4:
          return in.Integer(-kAnyMax, kAnyMax, match.score);
        case 5:
          return in.Integer(-kAnyMax, kAnyMax, match.ready.emplace());
        default:
          match.modules.emplace();
          return in.Array([&](size_t) { return in.Id(match.modules->emplace_back()); });
      }
    });
    outcome_.matches.push_back(std::move(match));
    return read && AllSeen(in, kNames, seen, 5);
  }

  bool Closed(JsonReader& in) {
    static constexpr std::array<std::string_view, 4> kNames = {"t", "p", "load", "min"};
    OutcomeClosed closed;
    std::string text;
    uint32_t seen = 0;
    const bool read = in.Object(kNames, seen, [&](size_t field) {
      if (field == 0) return in.Text(text);
      if (field == 1) return in.Id(closed.start);
      return in.Integer(-kAnyMax, kAnyMax, field == 2 ? closed.load : closed.min);
    });
    outcome_.closed.push_back(std::move(closed));
    return read && AllSeen(in, kNames, seen, kNames.size());
  }

  bool Unmatched(JsonReader& in) {
    static constexpr std::array<std::string_view, 3> kNames = {"t", "s", "why"};
    OutcomeUnmatched unmatched;
    std::string text;
    uint32_t seen = 0;
    const bool read = in.Object(kNames, seen, [&](size_t field) {
      if (field == 0) return in.Text(text);
      if (field == 1) return in.Id(unmatched.switcher);
      if (!in.Text(text)) return false;
      const auto* const why = std::ranges::find(kWhyNames, std::string_view(text));
      if (why == kWhyNames.end()) return in.Fail("no_feasible_contract or outcompeted");
      unmatched.why = static_cast<WhyUnmatched>(why - kWhyNames.begin());
      return true;
    });
    outcome_.unmatched.push_back(std::move(unmatched));
    return read && AllSeen(in, kNames, seen, kNames.size());
  }

  bool Summary(JsonReader& in) {
    has_summary_ = true;
    std::vector<std::string_view> keys;
    uint32_t seen = 0;
    const auto value = [&](std::string_view key) {
      if (key == "open_set") return in.Text(outcome_.summary.open_set);
      if (key == "willing_groups") {
        std::vector<std::string>& groups = outcome_.summary.willing_groups;
        return in.Array([&](size_t) { return in.Id(groups.emplace_back()); });
      }
      const auto* const field =
          std::ranges::find(kSummaryFields, std::string_view(key), &SummaryField::name);
      if (field == kSummaryFields.end()) return in.Skip();
      seen |= uint32_t{1} << (field - kSummaryFields.begin());
      return in.Integer(-kAnyMax, kAnyMax, outcome_.summary.*(field->value));
    };
    const bool read = in.Members([&](std::string_view key) {
      if (std::ranges::find(keys, key) != keys.end()) return in.Fail("each field at most once");
      keys.push_back(key);
      return value(key) || in.FailIn(key);
    });
    if (!read) return false;
    for (size_t i = 0; i < kSummaryRequired; ++i) {
      if ((seen >> i & 1U) == 0) {
        in.Fail("this field");
        return in.FailIn(kSummaryFields[i].name);
      }
    }
    return true;
  }

  Outcome outcome_;
  TextPool pool_;  // of strings with escapes
  FieldProblem problem_;
  bool has_header_ = false;
  bool has_summary_ = false;
  std::ptrdiff_t kind_ = 0;  // of the last line: kinds come in the order of kTypes
};

}  // namespace

std::string FormatOutcome(const Outcome& outcome) {
  std::string out;
  JsonLine header(out, "outcome");
  header.Text("format", "outcome/1").Text("market_digest", outcome.market_digest);
  header.Text("mechanism", outcome.mechanism).Raw("weights", WeightsJson(outcome.weights));
  header.Text("seed", outcome.seed).Text("version", outcome.version).End();
  out.push_back('\n');
  for (const OutcomeMatch& match : outcome.matches) AppendMatch(out, match);
  for (const OutcomeClosed& closed : outcome.closed) {
    JsonLine line(out, "closed");
    line.Text("p", closed.start).Number("load", closed.load).Number("min", closed.min).End();
    out.push_back('\n');
  }
  for (const OutcomeUnmatched& unmatched : outcome.unmatched) {
    JsonLine line(out, "unmatched");
    line.Text("s", unmatched.switcher);
    line.Text("why", kWhyNames[static_cast<size_t>(unmatched.why)]).End();
    out.push_back('\n');
  }
  JsonLine summary(out, "summary");
  for (const SummaryField& field : kSummaryFields) {
    summary.Number(field.name, outcome.summary.*(field.value));
  }
  summary.Text("open_set", outcome.summary.open_set);
  if (!outcome.summary.willing_groups.empty()) {
    summary.TextList("willing_groups", outcome.summary.willing_groups);
  }
  summary.End();
  out.push_back('\n');
  return out;
}

StatusOr<Outcome> ParseOutcome(std::string_view text, std::string_view file_name) {
  const auto error = [file_name](int64_t line, const FieldProblem& problem) {
    return LineError(reasons::kOutcomeInvalid, file_name, line, problem);
  };
  OutcomeReader reader;
  TextLines lines(text);
  for (std::string_view raw; lines.Next(raw);) {
    const std::string_view bytes_wanted = BytesProblem(raw, lines.number());
    if (!bytes_wanted.empty()) return error(lines.number(), {"", std::string(bytes_wanted)});
    if (!IsBlank(raw) && !reader.Line(raw)) return error(lines.number(), reader.problem());
  }
  if (!reader.has_header() || !reader.has_summary()) {
    return error(std::max<int64_t>(lines.number(), 1), {"t", "an outcome and a summary line"});
  }
  return reader.Take();
}

}  // namespace matchgo::scheduler::engine
