// The SQL of offers, contracts and adverse outcomes, by name.
//
// Columns are in the order the readers of match_store.cc expect. Constants only. Test:
// tests/unit/services/scheduler/offers_test.cc
#pragma once

#include "common/sql/query.h"

namespace matchgo::scheduler::store {

#define OFFER_COLUMNS                                                                            \
  "SELECT id, partner, start_month, state, deadline, contract, version, sequence, payload FROM " \
  "offer "
#define OFFER_TAIL                                                                           \
  "AND id > :after AND (:any_round = '' OR round = :round) AND (:any_state = '' OR state = " \
  ":state) AND (:any_switcher = '' OR switcher = :one_switcher) ORDER BY id LIMIT :limit"
inline constexpr char kOfferShape[] = "ttttitiit";

inline constexpr sql::Query kInsertOffer{
    "offer_insert",
    "INSERT INTO offer (id, round, switcher, partner, employer, opleider, vacancy, start, "
    "start_month, state, deadline, contract, repair, version, sequence, payload) VALUES (:id, "
    ":round, "
    ":switcher, :partner, :employer, :opleider, :vacancy, :start, :start_month, :state, :deadline, "
    ":contract, :repair, :version, :sequence, :payload)",
    ""};
inline constexpr sql::Query kGetOffer{"offer_get", OFFER_COLUMNS "WHERE id = :id", kOfferShape};
inline constexpr sql::Query kPutOffer{
    "offer_update",
    "UPDATE offer SET state = :state, contract = :contract, version = :version, sequence = "
    ":sequence, payload = :payload WHERE id = :id AND version = :before AND state = 'open'",
    ""};
inline constexpr sql::Query kInsertAnswer{"offer_answer_insert",
                                          "INSERT INTO offer_answer (offer, party, decision, "
                                          "actor, reason, time) VALUES (:offer, :party, "
                                          ":decision, :actor, :reason, :time)",
                                          ""};
// In the order of Scope::Of.
inline constexpr sql::Query kListOffers[] = {
    {"offer_list", OFFER_COLUMNS "WHERE :scope = '' " OFFER_TAIL, kOfferShape},
    {"offer_list_switcher", OFFER_COLUMNS "WHERE switcher = :scope " OFFER_TAIL, kOfferShape},
    {"offer_list_partner", OFFER_COLUMNS "WHERE partner = :scope " OFFER_TAIL, kOfferShape},
    {"offer_list_employer", OFFER_COLUMNS "WHERE employer = :scope " OFFER_TAIL, kOfferShape},
    {"offer_list_opleider", OFFER_COLUMNS "WHERE opleider = :scope " OFFER_TAIL, kOfferShape},
};
inline constexpr sql::Query kDueOffers{
    "offer_due",
    OFFER_COLUMNS "WHERE state = 'open' AND deadline <= :now ORDER BY deadline, id LIMIT :limit",
    kOfferShape};
inline constexpr sql::Query kOpenOffers{
    "offer_open", OFFER_COLUMNS "WHERE state = 'open' ORDER BY id", kOfferShape};
inline constexpr sql::Query kOffersOf{
    "offer_of_switcher",
    OFFER_COLUMNS "WHERE switcher = :switcher AND round = :round ORDER BY sequence, id",
    kOfferShape};
inline constexpr sql::Query kOpenOffersOfStart{
    "offer_open_of_start",
    OFFER_COLUMNS
    "WHERE state = 'open' AND opleider = :opleider AND start = :start AND start_month = :month "
    "ORDER BY id",
    kOfferShape};
#undef OFFER_COLUMNS
#undef OFFER_TAIL

inline constexpr sql::Query kSettled{
    "offer_settled",
    "SELECT o.switcher, o.vacancy, o.start, o.start_month, o.state, c.state, a.party FROM offer o "
    "LEFT JOIN contract c ON c.offer = o.id LEFT JOIN offer_answer a ON a.offer = o.id AND "
    "a.decision = 'decline' WHERE o.round = :round ORDER BY o.id",
    "ttttttt"};
inline constexpr sql::Query kRefusals{
    "offer_refusals",
    "SELECT o.switcher, o.vacancy, o.start, o.start_month, a.party FROM offer o JOIN offer_answer "
    "a "
    "ON a.offer = o.id WHERE a.decision = 'decline' ORDER BY o.id",
    "ttttt"};
inline constexpr sql::Query kCountOffers{
    "offer_count",
    "SELECT state, COUNT(1), SUM(repair) FROM offer WHERE round = :round GROUP BY state ORDER BY "
    "state",
    "tii"};
inline constexpr sql::Query kOffered{
    "offer_offered", "SELECT switcher FROM offer WHERE state = 'open' ORDER BY switcher", "t"};

#define CONTRACT_COLUMNS                                                                        \
  "SELECT id, offer, partner, start_month, state, end_reason, version, sequence, payload FROM " \
  "contract "
#define CONTRACT_TAIL                                                                        \
  "AND id > :after AND (:any_round = '' OR round = :round) AND (:any_state = '' OR state = " \
  ":state) AND (:any_switcher = '' OR switcher = :one_switcher) AND (:any_employer = '' OR " \
  "employer = :one_employer) AND (:any_opleider = '' OR opleider = :one_opleider) ORDER BY " \
  "id LIMIT :limit"
inline constexpr char kContractShape[] = "ttttttiit";

inline constexpr sql::Query kInsertContract{
    "contract_insert",
    "INSERT INTO contract (id, offer, round, switcher, partner, employer, opleider, start, "
    "start_month, state, end_reason, version, sequence, payload) VALUES (:id, :offer, :round, "
    ":switcher, :partner, :employer, :opleider, :start, :start_month, :state, '', :version, "
    ":sequence, :payload)",
    ""};
inline constexpr sql::Query kGetContract{"contract_get", CONTRACT_COLUMNS "WHERE id = :id",
                                         kContractShape};
inline constexpr sql::Query kPutContract{
    "contract_update",
    "UPDATE contract SET state = :state, end_reason = :end_reason, version = :version, sequence = "
    ":sequence, payload = :payload WHERE id = :id AND version = :before",
    ""};
inline constexpr sql::Query kListContracts[] = {
    {"contract_list", CONTRACT_COLUMNS "WHERE :scope = '' " CONTRACT_TAIL, kContractShape},
    {"contract_list_switcher", CONTRACT_COLUMNS "WHERE switcher = :scope " CONTRACT_TAIL,
     kContractShape},
    {"contract_list_partner", CONTRACT_COLUMNS "WHERE partner = :scope " CONTRACT_TAIL,
     kContractShape},
    {"contract_list_employer", CONTRACT_COLUMNS "WHERE employer = :scope " CONTRACT_TAIL,
     kContractShape},
    {"contract_list_opleider", CONTRACT_COLUMNS "WHERE opleider = :scope " CONTRACT_TAIL,
     kContractShape},
};
inline constexpr sql::Query kContractsOfStart{
    "contract_of_start",
    CONTRACT_COLUMNS
    "WHERE state = 'active' AND opleider = :opleider AND start = :start AND start_month = :month "
    "ORDER BY id",
    kContractShape};
#undef CONTRACT_COLUMNS
#undef CONTRACT_TAIL
inline constexpr sql::Query kHasActive{
    "contract_active",
    "SELECT COUNT(1) FROM contract WHERE switcher = :switcher AND state = 'active'", "i"};
inline constexpr sql::Query kEngaged{
    "contract_engaged",
    "SELECT switcher FROM contract WHERE state = 'active' AND (:any = '' OR round = :round) "
    "ORDER BY switcher",
    "t"};

#define ADVERSE_COLUMNS \
  "SELECT id, round, switcher, version, sequence, payload FROM adverse_outcome "
inline constexpr char kAdverseShape[] = "tttiit";
inline constexpr sql::Query kInsertAdverse{
    "adverse_outcome_insert",
    "INSERT INTO adverse_outcome (id, round, switcher, kind, confirmed, version, sequence, "
    "payload) "
    "VALUES (:id, :round, :switcher, :kind, 0, :version, :sequence, :payload)",
    ""};
inline constexpr sql::Query kGetAdverse{"adverse_outcome_get", ADVERSE_COLUMNS "WHERE id = :id",
                                        kAdverseShape};
inline constexpr sql::Query kPutAdverse{
    "adverse_outcome_update",
    "UPDATE adverse_outcome SET confirmed = 1, version = :version, sequence = :sequence, payload = "
    ":payload WHERE id = :id AND version = :before AND confirmed = 0",
    ""};
inline constexpr sql::Query kListAdverse{
    "adverse_outcome_list",
    ADVERSE_COLUMNS
    "WHERE round = :round AND id > :after AND (:all = 0 OR confirmed = 0) ORDER BY id LIMIT :limit",
    kAdverseShape};
inline constexpr sql::Query kListAllAdverse{
    "adverse_outcome_list_all",
    ADVERSE_COLUMNS "WHERE id > :after AND (:all = 0 OR confirmed = 0) ORDER BY id LIMIT :limit",
    kAdverseShape};
#undef ADVERSE_COLUMNS

}  // namespace matchgo::scheduler::store
