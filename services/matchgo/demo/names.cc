#include "services/matchgo/demo/names.h"

#include <array>
#include <cctype>
#include <string_view>

namespace matchgo::demo {
namespace {

using std::literals::operator""sv;

constexpr auto kFirstNames = std::to_array(
    {"Anne"sv,    "Sanne"sv,   "Lotte"sv,   "Eva"sv,    "Julia"sv,   "Emma"sv,    "Lisa"sv,
     "Iris"sv,    "Femke"sv,   "Marieke"sv, "Esther"sv, "Monique"sv, "Petra"sv,   "Ingrid"sv,
     "Fatima"sv,  "Samira"sv,  "Yasmin"sv,  "Aisha"sv,  "Priya"sv,   "Mei"sv,     "Agnieszka"sv,
     "Wendy"sv,   "Linda"sv,   "Nienke"sv,  "Roos"sv,   "Fleur"sv,   "Hanneke"sv, "Carla"sv,
     "Daan"sv,    "Sem"sv,     "Lucas"sv,   "Thomas"sv, "Tim"sv,     "Jeroen"sv,  "Mark"sv,
     "Peter"sv,   "Jan"sv,     "Kees"sv,    "Willem"sv, "Bas"sv,     "Ruben"sv,   "Niels"sv,
     "Mohamed"sv, "Youssef"sv, "Ali"sv,     "Mehmet"sv, "Rajesh"sv,  "Wei"sv,     "Piotr"sv,
     "Dennis"sv,  "Patrick"sv, "Martijn"sv, "Erik"sv,   "Hans"sv,    "Joris"sv,   "Sander"sv});
constexpr auto kFamilyNames = std::to_array(
    {"de Jong"sv,        "Jansen"sv,       "de Vries"sv,      "van den Berg"sv, "van Dijk"sv,
     "Bakker"sv,         "Janssen"sv,      "Visser"sv,        "Smit"sv,         "Meijer"sv,
     "de Boer"sv,        "Mulder"sv,       "de Groot"sv,      "Bos"sv,          "Vos"sv,
     "Peters"sv,         "Hendriks"sv,     "van Leeuwen"sv,   "Dekker"sv,       "Brouwer"sv,
     "de Wit"sv,         "Dijkstra"sv,     "Smits"sv,         "de Graaf"sv,     "van der Meer"sv,
     "van der Linden"sv, "Kok"sv,          "Jacobs"sv,        "de Haan"sv,      "Vermeulen"sv,
     "van den Heuvel"sv, "van der Veen"sv, "van den Broek"sv, "de Bruijn"sv,    "Schouten"sv,
     "van Beek"sv,       "Willems"sv,      "van Vliet"sv,     "Hoekstra"sv,     "Maas"sv,
     "Verhoeven"sv,      "Koster"sv,       "Prins"sv,         "Blom"sv,         "Huisman"sv,
     "Peeters"sv,        "Kuipers"sv,      "Postma"sv,        "Kuiper"sv,       "Veenstra"sv,
     "Yilmaz"sv,         "El Amrani"sv,    "Nguyen"sv,        "Singh"sv,        "Kowalski"sv,
     "Pinas"sv});

}  // namespace

PersonName DrawPersonName(Random& random) {
  return {.first = std::string(kFirstNames[random.Below(kFirstNames.size())]),
          .family = std::string(kFamilyNames[random.Below(kFamilyNames.size())])};
}

std::string DrawFirmName(Random& random, const std::string& sector_label) {
  std::string name(kFamilyNames[random.Below(kFamilyNames.size())]);
  name[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(name[0])));
  return name + " " + sector_label + " (demo)";
}

std::string MailboxOf(const PersonName& name) {
  std::string mailbox;
  for (const char c : name.first + "." + name.family) {
    mailbox += c == ' ' ? '.' : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return mailbox;
}

}  // namespace matchgo::demo
