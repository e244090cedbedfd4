#include "services/programmes/builtin/readers.h"
#include "services/programmes/builtin/record.h"

namespace matchgo::programmes::builtin {
namespace {

constexpr int64_t kCentsPerEuro = 100;

}  // namespace

std::vector<Skill> ReadSkills(std::string_view text, Violations& violations) {
  std::vector<Skill> skills;
  ForEachRecord(text, "skills.jsonl", violations, [&](const Record& r) {
    skills.push_back({.id = r.Text("id"),
                      .nl = r.Text("nl"),
                      .en = r.Text("en"),
                      .esco_uri = r.OptionalText("esco"),
                      .knowledge = r.Text("kind") == "knowledge",
                      .reuse = r.OptionalText("reuse")});
  });
  return skills;
}

std::vector<Occupation> ReadOccupations(std::string_view text, Violations& violations) {
  std::vector<Occupation> occupations;
  ForEachRecord(text, "occupations.jsonl", violations, [&](const Record& r) {
    const Record estimates = r.Child("estimates");
    occupations.push_back({.id = r.Text("id"),
                           .nl = r.Text("nl"),
                           .en = r.Text("en"),
                           .esco_uri = r.OptionalText("esco"),
                           .isco = r.Text("isco"),
                           .sector = r.Text("sector"),
                           .level = r.Int("level"),
                           .isced_field = r.Text("isced_f"),
                           .essential = r.Texts("essential"),
                           .optional = r.Texts("optional"),
                           .source = r.Text("source"),
                           .salary_low_cents = estimates.Int("salary_low") * kCentsPerEuro,
                           .salary_high_cents = estimates.Int("salary_high") * kCentsPerEuro,
                           .out_weight = estimates.Int("out_weight"),
                           .in_weight = estimates.Int("in_weight")});
  });
  return occupations;
}

std::vector<Sector> ReadSectors(std::string_view text, Violations& violations) {
  std::vector<Sector> sectors;
  ForEachRecord(text, "sectors.jsonl", violations, [&](const Record& r) {
    sectors.push_back({.code = r.Text("code"),
                       .nl = r.Text("nl"),
                       .en = r.Text("en"),
                       .short_of_people = r.Bool("short_of_people")});
  });
  return sectors;
}

std::vector<Qualification> ReadQualifications(std::string_view text, Violations& violations) {
  std::vector<Qualification> qualifications;
  ForEachRecord(text, "qualifications.jsonl", violations, [&](const Record& r) {
    qualifications.push_back(
        {.id = r.Text("id"), .nl = r.Text("nl"), .en = r.Text("en"), .source = r.Text("source")});
  });
  return qualifications;
}

std::vector<Opleider> ReadOpleiders(std::string_view text, Violations& violations) {
  std::vector<Opleider> opleiders;
  ForEachRecord(text, "opleiders.jsonl", violations, [&](const Record& r) {
    opleiders.push_back({.id = r.Text("id"),
                         .name = r.Text("name"),
                         .kind = r.Text("kind"),
                         .kind_inferred = r.Bool("kind_inferred"),
                         .province = r.Text("province"),
                         .synthetic = r.Bool("synthetic")});
  });
  return opleiders;
}

std::vector<ReportFigure> ReadReportFigures(std::string_view text, Violations& violations) {
  std::vector<ReportFigure> figures;
  ForEachRecord(text, "report_figures.jsonl", violations, [&](const Record& r) {
    figures.push_back({.group = r.Text("group"),
                       .key = r.Text("key"),
                       .label_nl = r.Text("label_nl"),
                       .report = r.OptionalInt("report")});
  });
  return figures;
}

}  // namespace matchgo::programmes::builtin
