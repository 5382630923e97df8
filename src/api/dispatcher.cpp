#include "pipelines/api/dispatcher.hpp"

#include <fmt/format.h>

#include <exception>
#include <memory>
#include <utility>
#include <vector>

#include "api/input.hpp"
#include "api/located_definition.hpp"
#include "api/long_read.hpp"
#include "api/operation.hpp"
#include "pipelines/base/ids.hpp"
#include "pipelines/base/log.hpp"
#include "pipelines/http/pending_answer.hpp"
#include "pipelines/model/shapes.hpp"
#include "pipelines/model/validate.hpp"

namespace pipelines::api {
namespace {

// Of a request that waits for an object from an endpoint. A server that stops does not wait for it.
class LocatedAnswer final : public http::PendingAnswer {
public:
    explicit LocatedAnswer(std::string request_id) : request_id_(std::move(request_id)) {}
    http::HttpResponse interrupted() override { return aws::respond(stopping_error(), request_id_); }

private:
    std::string request_id_;
};

// StartPipelineExecution(PipelineName="abalone#Capacity"): the case of a scenario is cut off before validation, which
// would refuse the '#' (as AWS does, so that it cannot leak into production).
std::optional<std::string> cut_test_case(aws::Call& call) {
    const Json* name = find(call.input, "PipelineName");
    if (name == nullptr || !name->is_string()) return std::nullopt;
    const auto& text = name->get_ref<const std::string&>();
    const auto mark = text.find('#');
    if (mark == std::string::npos) return std::nullopt;
    std::string test_case = text.substr(mark + 1);
    call.input["PipelineName"] = text.substr(0, mark);
    return test_case;
}

std::string input_hash(const Json& input, const std::optional<std::string>& test_case) {
    Json rest = input;
    rest.erase("ClientRequestToken");
    return sha256_hex(dump(rest) + '#' + test_case.value_or(""));
}

// Members that the operation does not have are ignored: what serves several operations reads some that not all have,
// and validation has looked at none of them.
void drop_unknown(Json& input, const model::Shape& shape) {
    for (auto member = input.begin(); member != input.end();)
        member = model::find_member(shape, member.key()) == nullptr ? input.erase(member) : std::next(member);
}

// An operation that writes, or the first answer to the same ClientRequestToken.
Result<Json> perform(Context& context, const Operation& operation) {
    const auto token = optional_text(context.call.input, "ClientRequestToken");
    std::string hash;
    if (token) {
        hash = input_hash(context.call.input, context.test_case);
        if (const auto known = context.services.store.tokens.find(context.space->id, operation.name, *token)) {
            if (known->input_hash == hash) return parse_json(known->answer).value();
            return validation_error(
                fmt::format("ClientRequestToken '{}' was used before for a {} with other parameters. Use a new token "
                            "for a new request.",
                            *token, operation.name));
        }
    }
    auto answer = operation.run(context, context.call.input);
    if (!answer) return answer.error();
    if (token)
        context.services.store.tokens.insert(context.space->id, answer->pipeline, operation.name, *token,
                                             {hash, dump(answer->output)});
    return std::move(answer->output);
}

engine::Send sender(const http::Reply& reply, const Result<Json>& output, const std::string& id) {
    return [reply, response = output ? aws::respond(*output, id) : aws::respond(output.error(), id)]() mutable {
        reply(std::move(response));
    };
}

engine::Send failure(const http::Reply& reply, const std::string& id) {
    return [reply, id] { reply(aws::respond(internal_error(), id)); };
}

std::vector<std::string_view> names() {
    std::vector<std::string_view> list;
    for (const Operation& operation : operations()) list.push_back(operation.name);
    return list;
}

}  // namespace

Error internal_error() {
    return {ErrorKind::Internal,
            "The request could not be carried out because of an error of the server; its log says more."};
}

Error stopping_error() { return {ErrorKind::Internal, "The server is being stopped: send the request again."}; }

void Dispatcher::handle(aws::Call call, const http::Reply& reply) {
    const std::string operation = call.operation, id = call.request_id;
    try {
        run(std::move(call), reply);
    } catch (const std::exception& fault) {
        log::error("{} of request {} failed: {}", operation, id, fault.what());
        reply(aws::respond(internal_error(), id));
    }
}

void Dispatcher::run(aws::Call call, const http::Reply& reply) {
    const auto refuse = [&call, &reply](const Error& error) { reply(aws::respond(error, call.request_id)); };
    const Operation* operation = find_operation(call.operation);
    if (operation == nullptr) return refuse(aws::unknown_operation(call.operation, names()));
    auto test_case = operation->prepare == Prepare::CutTestCase ? cut_test_case(call) : std::nullopt;
    const model::Shape& input = *model::find_operation(operation->name)->input;
    if (const auto kinds = model::check_kinds(input, call.input); !kinds) return refuse(kinds.error());
    if (const auto constraints = model::check_constraints(input, call.input); !constraints)
        return refuse(constraints.error());
    drop_unknown(call.input, input);

    Context context{services_, call, std::nullopt, std::move(test_case)};
    if (operation->prepare == Prepare::LocateDefinition) {
        Located located = locate(services_, call.input);
        if (const auto* object = std::get_if<aws::S3Object>(&located))
            return fetch_then_write(*object, std::move(call), *operation, reply);
        if (auto* read = std::get_if<Result<std::string>>(&located)) context.located = std::move(*read);
    }
    if (operation->access == Access::Read) {
        read(context, *operation, reply);
    } else {
        write(context, *operation, reply);
    }
}

void Dispatcher::fetch_then_write(const aws::S3Object& object, aws::Call call, const Operation& operation,
                                  const http::Reply& reply) {
    const auto kept = std::make_shared<const aws::Call>(std::move(call));
    const auto answer = std::make_shared<LocatedAnswer>(kept->request_id);
    const auto go_on = [this, kept, &operation, answer, object](Result<std::string> fetched) {
        Context context{services_, *kept, std::nullopt, std::nullopt, fetched_text(object, std::move(fetched))};
        write(context, operation, [answer](http::HttpResponse response) { answer->give(std::move(response)); });
    };
    services_.remote_objects->get(kept->where, object, kMostDefinitionBytes, go_on);
    http::HttpResponse response;
    response.late = answer;
    reply(std::move(response));
}

void Dispatcher::read(Context& context, const Operation& operation, const http::Reply& reply) {
    services_.store.turn.begin_reading();
    context.space = services_.engine.find_space(context.call.where);
    Result<Answer> answer = operation.run(context, context.call.input);
    if (answer && answer->still) return answer_long_read(services_, context.call, std::move(answer->still), reply);
    const std::string& id = context.call.request_id;
    const Result<Json> output = answer ? Result<Json>{std::move(answer->output)} : Result<Json>{answer.error()};
    services_.engine.answer_read(sender(reply, output, id), failure(reply, id));
}

void Dispatcher::write(Context& context, const Operation& operation, const http::Reply& reply) {
    const std::string& id = context.call.request_id;
    const auto request = [this, &context, &operation, &reply, &id] {
        context.space = services_.engine.space(context.call.where);
        const auto output = perform(context, operation);
        return engine::Answer{output.has_value(), sender(reply, output, id)};
    };
    services_.engine.answer_write(fmt::format("{} of request {}", operation.name, id), request, failure(reply, id));
}

}  // namespace pipelines::api
