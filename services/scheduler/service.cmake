# The service around the engine.
matchgo_library(scheduler_domain
  SOURCES
    domain/cohort_decision.cc
    domain/commitments.cc
    domain/explanation.cc
    domain/market_ids.cc
    domain/offer_lifecycle.cc
    domain/projection.cc
    domain/round_lifecycle.cc
  DEPS common_base common_kernel common_time scheduler_engine)

matchgo_library(scheduler_store
  SOURCES
    store/match_payload.cc
    store/match_store.cc
    store/round_store.cc
    store/seat_store.cc
  DEPS scheduler_domain common_sql matchgo_proto_headers)
matchgo_embed_migrations(scheduler_store NAMESPACE matchgo::scheduler::store
  FILES store/schema/0001_scheduler.sql)

matchgo_library(scheduler
  SOURCES
    actions/advance_round.cc
    actions/answer_offer.cc
    actions/clear_round.cc
    actions/close_round.cc
    actions/create_round.cc
    actions/decide_cohorts.cc
    actions/due_rounds.cc
    actions/expire_offers.cc
    actions/explain_match.cc
    actions/freeze_round.cc
    actions/make_offers.cc
    actions/publish_round.cc
    actions/record_adverse.cc
    actions/release_seats.cc
    actions/repair_round.cc
    actions/round_numbers.cc
    actions/running_market.cc
    actions/scope.cc
    clients/grpc_feeds.cc
    clients/grpc_records.cc
    module.cc
    rpc/export_reactor.cc
    rpc/match_service.cc
    rpc/scheduler_codec.cc
    rpc/scheduler_service.cc
    runner/round_runner.cc
    scheduler_probe.cc
  DEPS scheduler_store common_rpc common_service common_vault common_metrics common_log
       common_random)
