# The service around the engine.
matchgo_library(scheduler_domain
  SOURCES
    domain/cohort_decision.cc
    domain/commitments.cc
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
