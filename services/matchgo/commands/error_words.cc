// '#' stands for a number, a '*' at the end for the rest.
#include "services/matchgo/commands/error_words.h"

#include <algorithm>
#include <cctype>
#include <iterator>
#include <vector>

namespace matchgo::commands {
namespace {

struct Row {
  std::string_view en;
  std::string_view nl;
};

constexpr Row kRows[] = {
    {"# to # EC in total", "samen # tot # EC"},
    {"a Dutch postcode, or a point besides", "een Nederlandse postcode, of een punt erbij"},
    {"a column that is needed is not there", "een kolom die nodig is ontbreekt"},
    {"a contract is still active; it ends first", "er loopt nog een contract; dat eindigt eerst"},
    {"a contract of this switcher, vacancy and start",
     "een contract van deze switcher, vacature en start"},
    {"a date is written as #, in the years # to #",
     "een datum schrijft u als #, in de jaren # tot #"},
    {"a date such as #", "een datum zoals #"},
    {"a duration", "een duur"},
    {"a feed has not been read that far", "een feed is nog niet zo ver gelezen"},
    {"a feed was not read once yet", "een feed is nog geen keer gelezen"},
    {"a file of the ESCO download is not there", "een bestand van de ESCO-download ontbreekt"},
    {"a finite number", "een eindig getal"},
    {"a key of your choice, the same when you try again",
     "een sleutel naar keuze, dezelfde als u het opnieuw probeert"},
    {"a location, unless it is online and self-study only",
     "een plaats, tenzij alles online of zelfstudie is"},
    {"a migration could not be applied", "een migratie kon niet worden uitgevoerd"},
    {"a migration that was already applied has changed since; restore its file",
     "een migratie die al was uitgevoerd is sindsdien veranderd; zet haar bestand terug"},
    {"a newer version of the program wrote this store; start that version",
     "een nieuwere versie van het programma schreef deze opslag; start die versie"},
    {"a number in the built-in data cannot be read",
     "een getal in de ingebouwde gegevens is niet te lezen"},
    {"a party", "een partij"},
    {"a postcode or a point", "een postcode of een punt"},
    {"a programme is still taught; retire it first",
     "er wordt nog een opleiding gegeven; beëindig die eerst"},
    {"a skill of the vocabulary", "een vaardigheid uit de woordenlijst"},
    {"a skill that is stored or sent along", "een vaardigheid die er al is, of die meekomt"},
    {"a start of a programme", "een start van een opleiding"},
    {"a switcher or a profile, one of the two", "een switcher of een profiel, een van beide"},
    {"a switcher who takes part", "een switcher die meedoet"},
    {"a time in the years # to #", "een tijdstip in de jaren # tot #"},
    {"a time such as #", "een tijdstip zoals #"},
    {"a vacancy", "een vacature"},
    {"a vacancy is still published; close it first",
     "er staat nog een vacature open; sluit die eerst"},
    {"a value", "een waarde"},
    {"a whole number", "een geheel getal"},
    {"an e-mail address", "een e-mailadres"},
    {"an http or https address", "een http- of https-adres"},
    {"an import can't take openings from a published vacancy; update it",
     "een import kan geen plekken van een gepubliceerde vacature afhalen; wijzig die zelf"},
    {"an instant is written as # (RFC #)", "een tijdstip schrijft u als # (RFC #)"},
    {"an occupation of the vocabulary", "een beroep uit de woordenlijst"},
    {"another process already uses this data folder; stop it, or start with another data folder",
     "een ander proces gebruikt deze datamap al; stop dat, of kies een andere datamap"},
    {"another programme has this external reference",
     "een andere opleiding heeft dit eigen kenmerk al"},
    {"another record already holds this key", "een ander record heeft deze sleutel al"},
    {"another round is running", "er loopt al een andere ronde"},
    {"another vacancy of this employer has this reference",
     "een andere vacature van deze werkgever heeft dit eigen kenmerk al"},
    {"at least #", "minstens #"},
    {"at least hours_min", "minstens hours_min"},
    {"at least one item", "minstens een element"},
    {"at most #", "hoogstens #"},
    {"at most # characters", "hoogstens # tekens"},
    {"at most # items", "hoogstens # elementen"},
    {"at most # levels", "hoogstens # niveaus diep"},
    {"at most # paths", "hoogstens # velden"},
    {"at most # skills and occupations together", "samen hoogstens # vaardigheden en beroepen"},
    {"at most hours_max", "hoogstens hours_max"},
    {"at most salary_max_cents", "hoogstens salary_max_cents"},
    {"at most the capacity", "hoogstens de capaciteit"},
    {"can't listen on the address: it is taken, or the folder of the socket does not exist; choose "
     "another with --listen",
     "kan niet luisteren op het adres: het is bezet, of de map van de socket bestaat niet; kies "
     "een "
     "ander met --listen"},
    {"can't listen on the metrics address: it is malformed or taken; choose another with "
     "--metrics, "
     "or port # for any free one",
     "kan niet luisteren op het adres voor metingen: het is geen adres, of het is bezet; kies een "
     "ander met --metrics, of poort # voor een vrije"},
    {"certificates exist for the mechanism score only",
     "certificaten zijn er alleen voor het mechanisme score"},
    {"each once", "elk een keer"},
    {"each opleider once", "elke opleider een keer"},
    {"each sector once", "elke sector een keer"},
    {"each skill once", "elke vaardigheid een keer"},
    {"each skill once, in one of the three lists",
     "elke vaardigheid een keer, in een van de drie lijsten"},
    {"its people were told on which day it begins", "de deelnemers weten al wanneer hij begint"},
    {"lines of erased people are missing", "regels van gewiste mensen ontbreken"},
    {"metrics want a loopback address with a port, such as #, or port # for any free one",
     "metingen willen een eigen adres met een poort, zoals #, of poort # voor een vrije"},
    {"more seats are taken than would be left", "er zijn meer plaatsen bezet dan er overblijven"},
    {"name the services to run, or give --all",
     "noem de diensten die moeten draaien, of geef --all"},
    {"names of fields of the record", "namen van velden van het record"},
    {"no control characters and no direction overrides",
     "geen stuurtekens en geen tekens die de leesrichting omkeren"},
    {"no trajectory ends for this reason in this stage",
     "om deze reden eindigt in deze fase geen traject"},
    {"not after begins_on", "niet na begins_on"},
    {"not before from", "niet voor from"},
    {"not before given_on", "niet voor given_on"},
    {"not before start_from", "niet voor start_from"},
    {"not before taken_on", "niet voor taken_on"},
    {"not before valid_from", "niet voor valid_from"},
    {"not in the future, not before what happened last",
     "niet in de toekomst, en niet voor wat het laatst gebeurde"},
    {"offers of the round still wait for answers",
     "aanbiedingen van de ronde wachten nog op antwoord"},
    {"one JSON object a line", "een JSON-object per regel"},
    {"only single values can be set here", "hier zijn alleen losse waarden te zetten"},
    {"only a person with a name of their own may do this", "dit mag alleen een mens met een naam"},
    {"only a trajectory with a contract pauses", "alleen een traject met een contract pauzeert"},
    {"only coach and hours_done are changed by hand",
     "alleen coach en hours_done wijzigt u met de hand"},
    {"only one of --market and --outcome can be stdin",
     "alleen een van --market en --outcome kan stdin zijn"},
    {"only unix:PATH and loopback addresses such as # can be listened on: callers do not bring "
     "credentials yet, so nobody else may reach this process",
     "luisteren kan alleen op unix:PAD en op eigen adressen zoals #: wie belt bewijst nog niet wie "
     "hij is, dus mag niemand anders bij dit proces"},
    {"prerequisites without a cycle", "eisen vooraf zonder kring"},
    {"say who calls: matchgo-role is missing or unknown",
     "zeg wie er belt: matchgo-role ontbreekt of is onbekend"},
    {"seven non-negative integer weights that sum to # are wanted",
     "gevraagd zijn zeven gehele gewichten van minstens nul die samen # zijn"},
    {"seven weights that sum to #", "zeven gewichten die samen # zijn"},
    {"skills of the vocabulary", "vaardigheden uit de woordenlijst"},
    {"somebody changed it since you read it; read it again",
     "iemand wijzigde het nadat u het las; lees het opnieuw"},
    {"somebody changed the record; read it again", "iemand wijzigde het record; lees het opnieuw"},
    {"the change would break a rule of the store", "de wijziging past niet bij de opslag"},
    {"the contract has ended already", "het contract is al beëindigd"},
    {"the data folder can't be made or written; choose another with --data, or mend its "
     "permissions",
     "de datamap is niet te maken of te beschrijven; kies een andere met --data, of herstel de "
     "rechten"},
    {"the deadline of the offer has passed", "de termijn van het aanbod is voorbij"},
    {"the deadline passed before the work began", "de tijd was om voor het werk begon"},
    {"the demo wants an empty or new --data folder",
     "de demo wil een lege of nieuwe map met --data"},
    {"the employer hires nobody any more", "de werkgever neemt niemand meer aan"},
    {"the event log and its counter disagree; restore the store from a backup",
     "het logboek en zijn teller kloppen niet; zet de opslag terug uit een back-up"},
    {"the feeds of the neighbours were not read yet",
     "de feeds van de buren zijn nog niet gelezen"},
    {"the file can't be read", "het bestand is niet te lezen"},
    {"the file can't be written", "het bestand is niet te schrijven"},
    {"the file given with @ can't be read", "het bestand achter @ is niet te lezen"},
    {"the id of a module of this programme", "het id van een module van deze opleiding"},
    {"the independent checker refused the outcome", "de onafhankelijke controle keurde het af"},
    {"the keeper of seats is not known yet", "wie de plaatsen beheert is nog niet bekend"},
    {"the last day of the vacancy is over", "de laatste dag van de vacature is voorbij"},
    {"the market could not be renewed for # minutes; try again",
     "de markt kon # minuten lang niet worden ververst; probeer het opnieuw"},
    {"the market was not read once yet; try again",
     "de markt is nog geen keer gelezen; probeer het opnieuw"},
    {"the mechanism is one of score, priority, nested",
     "het mechanisme is een van score, priority, nested"},
    {"the neighbour is not known yet", "de buur is nog niet bekend"},
    {"the next_page_token of the previous page, same filter",
     "de next_page_token van de vorige bladzijde, met hetzelfde filter"},
    {"the offer has no such party for this caller", "zo'n partij heeft het aanbod niet voor u"},
    {"the offer takes no more answers", "het aanbod neemt geen antwoorden meer aan"},
    {"the opleider teaches nobody any more", "de opleider leidt niemand meer op"},
    {"the outcome and the certificates cannot both go to stdout: give one of --outcome and "
     "--certificates a file",
     "de uitkomst en de certificaten kunnen niet beide naar stdout: geef --outcome of "
     "--certificates "
     "een bestand"},
    {"the outcome was confirmed already", "de uitkomst is al bevestigd"},
    {"the owners of records are not known yet", "wie de records beheert is nog niet bekend"},
    {"the path of a unix socket has at most # bytes: choose a shorter folder for the data, or a "
     "shorter address to listen on",
     "het pad van een unix-socket heeft hoogstens # bytes: kies een kortere datamap, of een korter "
     "adres om op te luisteren"},
    {"the person this belonged to was erased", "de persoon van wie dit was is gewist"},
    {"the programme is taught no more", "de opleiding wordt niet meer gegeven"},
    {"the record changed since it was read", "het record is gewijzigd nadat het gelezen werd"},
    {"the request has invalid fields", "het verzoek heeft velden die niet kloppen"},
    {"the scheduler isn't connected yet; try again",
     "de scheduler is nog niet bereikbaar; probeer het opnieuw"},
    {"the sequence was never reached; list again",
     "het volgnummer is nooit bereikt; vraag de lijst opnieuw"},
    {"the service is stopping; try again", "de dienst stopt; probeer het opnieuw"},
    {"the service is stopping; try again, or at another replica",
     "de dienst stopt; probeer het opnieuw, of bij een andere"},
    {"the start does not wait for a number of people", "de start wacht niet op een aantal mensen"},
    {"the start takes nobody new", "de start neemt niemand meer aan"},
    {"the start was cancelled", "de start is geannuleerd"},
    {"the state of the round does not allow this", "de staat van de ronde laat dit niet toe"},
    {"the store cannot be used now", "de opslag is nu niet te gebruiken"},
    {"the switcher already has a contract", "de switcher heeft al een contract"},
    {"the switcher has a match in this round", "de switcher heeft een match in deze ronde"},
    {"the switcher has a running trajectory", "de switcher heeft een lopend traject"},
    {"the switcher has no match in this round", "de switcher heeft geen match in deze ronde"},
    {"the switcher takes part already", "de switcher doet al mee"},
    {"the switcher withdrew", "de switcher trok zich terug"},
    {"the text is not comma-separated as in RFC #", "de tekst is geen CSV volgens RFC #"},
    {"the trajectory has ended", "het traject is voorbij"},
    {"the trajectory is not paused", "het traject is niet gepauzeerd"},
    {"the trajectory is paused", "het traject is gepauzeerd"},
    {"the vacancy is closed", "de vacature is gesloten"},
    {"the vacancy is published already", "de vacature is al gepubliceerd"},
    {"the value does not fit the setting", "de waarde past niet bij de instelling"},
    {"the vocabulary is not known yet", "de woordenlijst is nog niet bekend"},
    {"the ways of delivery_mix, or none", "de vormen van delivery_mix, of geen"},
    {"the whole list is for markets of at most # switchers; ask for one person with "
     "--certificates-for ID",
     "de hele lijst is er voor markten van hoogstens # mensen; vraag er een met --certificates-for "
     "ID"},
    {"there is no such built-in programme", "zo'n ingebouwde opleiding is er niet"},
    {"there is no such record", "zo'n record is er niet"},
    {"there is no such setting", "zo'n instelling is er niet"},
    {"there is no such trajectory", "zo'n traject is er niet"},
    {"this field is set by the service and can't be written",
     "dit veld vult de dienst zelf en is niet te schrijven"},
    {"this party has answered already", "deze partij heeft al geantwoord"},
    {"this process is stopping", "dit proces stopt"},
    {"this request_id belongs to another request", "deze request_id hoort bij een ander verzoek"},
    {"this role may not call this method", "deze rol mag dit niet"},
    {"this sequence was never reached; list again",
     "dit volgnummer is nooit bereikt; vraag de lijst opnieuw"},
    {"this stage can't be reached from here", "deze fase is van hieruit niet te bereiken"},
    {"this stage needs evidence", "deze fase vraagt bewijs"},
    {"together # per cent", "samen # procent"},
    {"too many writes are waiting", "er wachten te veel wijzigingen"},
    {"too much work is waiting; try again shortly",
     "er wacht te veel werk; probeer het zo opnieuw"},
    {"true or false", "true of false"},
    {"where the evidence is kept", "waar het bewijs ligt"},
    {"write field=value", "schrijf veld=waarde"},
    {"--certificates-for wants the id of a switcher in the market",
     "--certificates-for wil het id van iemand in de markt"},
    {"--outcome wants an outcome of the market in --market",
     "--outcome wil een uitkomst van de markt in --market"},
    {"--weights wants fit=N,nice=N,time=N,travel=N,salary=N,preference=N,aptitude=N: whole numbers "
     "that sum to #",
     "--weights wil fit=N,nice=N,time=N,travel=N,salary=N,preference=N,aptitude=N: gehele getallen "
     "die samen # zijn"},
    {"JSON of *", "JSON van *"},
    {"one of *", "een van *"},
};

constexpr Row kFacts[] = {
    {"changed", "gewijzigd"},
    {"column", "kolom"},
    {"constraint", "regel van de opslag"},
    {"error", "fout"},
    {"field", "veld"},
    {"file", "bestand"},
    {"flag", "vlag"},
    {"folder", "map"},
    {"legal", "mag wel"},
    {"line", "regel"},
    {"migration", "migratie"},
    {"name", "naam"},
    {"process", "proces"},
    {"retry_after_ms", "opnieuw na (ms)"},
    {"sequence", "volgnummer"},
    {"state", "staat"},
    {"store", "opslag"},
    {"wanted", "gevraagd"},
};

bool IsNumber(char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; }

// A number, a date, an instant or an address begins with a digit and holds no space.
size_t NumberEnd(std::string_view text, size_t at) {
  size_t end = at;
  while (end < text.size() && (std::isalnum(static_cast<unsigned char>(text[end])) != 0 ||
                               (std::string_view("-:.").find(text[end]) != std::string_view::npos &&
                                end + 1 < text.size() && IsNumber(text[end + 1])))) {
    ++end;
  }
  return end;
}

// What the places of the row hold in the text; nothing when the text is another one.
std::optional<std::vector<std::string>> Match(std::string_view row, std::string_view text) {
  std::vector<std::string> found;
  size_t at = 0;
  for (const char c : row) {
    if (c == '*') {
      found.emplace_back(text.substr(at));
      return found;
    }
    if (at >= text.size()) return std::nullopt;
    if (c == '#') {
      if (!IsNumber(text[at])) return std::nullopt;
      const size_t end = NumberEnd(text, at);
      found.emplace_back(text.substr(at, end - at));
      at = end;
    } else if (text[at++] != c) {
      return std::nullopt;
    }
  }
  return at == text.size() ? std::optional(found) : std::nullopt;
}

}  // namespace

std::optional<std::string> DutchOf(std::string_view english) {
  for (const Row& row : kRows) {
    const auto found = Match(row.en, english);
    if (!found.has_value()) continue;
    std::string dutch;
    size_t place = 0;
    for (const char c : row.nl) {
      if (c == '#' || c == '*') {
        dutch += (*found)[place++];
      } else {
        dutch += c;
      }
    }
    return dutch;
  }
  return std::nullopt;
}

std::string FactWords(terminal::Language language, const std::string& key) {
  if (language != terminal::Language::kDutch) return key;
  const auto* const row = std::ranges::find(kFacts, key, &Row::en);
  return row == std::end(kFacts) ? key : std::string(row->nl);
}

std::string ErrorWords(terminal::Language language, const std::string& english) {
  if (language != terminal::Language::kDutch) return english;
  if (const auto dutch = DutchOf(english)) return *dutch;
  // A place before it stays: "all.textproto: there is no such setting".
  const size_t colon = english.rfind(": ");
  if (colon == std::string::npos) return english;  // "1..1000" needs no words
  const size_t begin = colon + 2;
  return english.substr(0, begin) + DutchOf(english.substr(begin)).value_or(english.substr(begin));
}

}  // namespace matchgo::commands
