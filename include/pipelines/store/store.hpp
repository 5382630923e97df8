// All repositories over one database: what the layers above are given.
#pragma once

#include "pipelines/store/advances.hpp"
#include "pipelines/store/cache.hpp"
#include "pipelines/store/database.hpp"
#include "pipelines/store/deliveries.hpp"
#include "pipelines/store/events.hpp"
#include "pipelines/store/executions.hpp"
#include "pipelines/store/jobs.hpp"
#include "pipelines/store/lineage.hpp"
#include "pipelines/store/namespaces.hpp"
#include "pipelines/store/pipelines.hpp"
#include "pipelines/store/query.hpp"
#include "pipelines/store/scenarios.hpp"
#include "pipelines/store/steps.hpp"
#include "pipelines/store/tags.hpp"
#include "pipelines/store/tokens.hpp"
#include "pipelines/store/turn.hpp"

namespace pipelines::store {

struct Store {
    Store(Database& connection, Turn::Post post)
        : database(connection),
          turn(connection, std::move(post)),
          namespaces(connection),
          advances(connection),
          pipelines(connection),
          executions(connection),
          steps(connection),
          jobs(connection),
          queries(connection),
          tags(connection),
          tokens(connection),
          scenarios(connection),
          events(connection),
          deliveries(connection),
          lineage(connection),
          cache(connection) {}

    Database& database;
    Turn turn;
    Namespaces namespaces;
    Advances advances;
    Pipelines pipelines;
    Executions executions;
    Steps steps;
    Jobs jobs;
    Queries queries;
    Tags tags;
    Tokens tokens;
    ScenarioTexts scenarios;
    Events events;
    Deliveries deliveries;
    Lineage lineage;
    Cache cache;
};

}  // namespace pipelines::store
