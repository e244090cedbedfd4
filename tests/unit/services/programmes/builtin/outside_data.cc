#include "tests/unit/services/programmes/builtin/outside_data.h"

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "common/base/status_macros.h"

namespace matchgo::programmes::builtin {
namespace {

StatusOr<EscoData> ReadEsco(const std::string& folder) {
  ASSIGN_OR_RETURN(const EscoTexts texts, ReadEscoFolder(folder));
  return ParseEsco(texts);
}

std::optional<std::string> OutsideEscoFolder() {
  const char* set = std::getenv("MATCHGO_SHARED");
  const std::string root = set != nullptr ? set : MATCHGO_SOURCE_DIR "/../shared";
  const std::string folder = root + "/data/real/esco";
  if (!std::filesystem::exists(folder)) return std::nullopt;
  return std::filesystem::canonical(folder).string();
}

std::optional<std::string> UnpackedEsco() {
  const auto source = OutsideEscoFolder();
  if (!source) return std::nullopt;
  const std::filesystem::path folder =
      std::filesystem::temp_directory_path() / ("matchgo_esco_" + std::to_string(::getpid()));
  std::filesystem::create_directories(folder);
  const std::string unpack = "for z in '" + *source + "'/*.zip; do python3 -m zipfile -e \"$z\" '" +
                             folder.string() + "' || exit 1; done; gzip -dc '" + *source +
                             "/occupations_nl.csv.gz' > '" + folder.string() +
                             "/occupations_nl.csv'";
  if (std::system(unpack.c_str()) != 0) return std::nullopt;
  return folder.string();
}

}  // namespace

const StatusOr<Catalogue>& SharedCatalogue() {
  static const auto catalogue = std::make_unique<const StatusOr<Catalogue>>(LoadCatalogue());
  return *catalogue;
}

const StatusOr<EscoData>* OutsideEsco() {
  static const std::unique_ptr<const StatusOr<EscoData>> esco = [] {
    const auto folder = UnpackedEsco();
    if (!folder) return std::unique_ptr<const StatusOr<EscoData>>();
    auto read = std::make_unique<const StatusOr<EscoData>>(ReadEsco(*folder));
    std::filesystem::remove_all(*folder);
    return read;
  }();
  return esco.get();
}

}  // namespace matchgo::programmes::builtin
