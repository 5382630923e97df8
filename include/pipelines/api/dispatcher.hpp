// From a call of the API to its answer: validate against the model, run the operation, answer after the COMMIT of what
// it wrote. All operations stand in one table (operations.cpp).
#pragma once

#include <cstddef>
#include <functional>
#include <memory>

#include "pipelines/api/quotas.hpp"
#include "pipelines/aws/protocol.hpp"
#include "pipelines/aws/s3.hpp"
#include "pipelines/engine/engine.hpp"
#include "pipelines/engine/scenario_book.hpp"
#include "pipelines/http/message.hpp"
#include "pipelines/store/store.hpp"

namespace pipelines::api {

// What operations work on. All outlive the dispatcher.
struct Services {
    store::Store& store;
    engine::Engine& engine;
    engine::ScenarioBook& scenarios;
    const store::Objects* objects = nullptr;            // where PipelineDefinitionS3Location reads; null: nowhere
    const aws::ObjectReader* remote_objects = nullptr;  // where it reads what is not there; null: nowhere
    std::function<void(std::function<void()>)> post;    // runs it in a later turn of the loop
    // That one turn of the loop makes for a Search that has to look at them: some 25 microseconds each.
    std::size_t records_a_turn = 200;
    Quotas quotas = Quotas::None;
};

struct Context;
struct Operation;

class Dispatcher {
public:
    explicit Dispatcher(Services services) : services_(services) {}

    // Answers an AWS call: errors in AWS's form, InternalFailure if something threw (logged).
    void handle(aws::Call call, const http::Reply& reply);

private:
    void run(aws::Call call, const http::Reply& reply);
    void fetch_then_write(const aws::S3Object&, aws::Call, const Operation&, const http::Reply&);
    void read(Context&, const Operation&, const http::Reply&);
    void write(Context&, const Operation&, const http::Reply&);

    Services services_;
};

}  // namespace pipelines::api
