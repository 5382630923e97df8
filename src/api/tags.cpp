// AddTags, ListTags, DeleteTags. Pipelines carry tags, jobs those that they were made with; what else the real service
// tags is refused by name.

#include <fmt/format.h>

#include "api/describe.hpp"
#include "api/input.hpp"
#include "api/job_lookup.hpp"
#include "api/lookup.hpp"
#include "pipelines/base/arn.hpp"
#include "pipelines/store/tags.hpp"

namespace pipelines::api {
namespace {

Result<store::Tagged> find_tagged(Context& context, const std::string& arn) {
    const auto parsed = parse_arn(arn);
    const auto name = parse_pipeline_name_or_arn(arn);
    if (!parsed || !name || name->account.empty())
        return validation_error(
            fmt::format("Tags of '{}' are not emulated: ResourceArn must be the ARN of a pipeline "
                        "(arn:aws:sagemaker:<region>:<account>:pipeline/<name>).",
                        arn));
    const auto pipeline = find_pipeline(context, arn);
    if (!pipeline) return pipeline.error();
    return store::Tagged{store::TaggedKind::Pipeline, pipeline->id};
}

Json tag_list(std::span<const Tag> tags) {
    Json list = Json::array();
    for (const Tag& tag : tags) list.push_back({{"Key", tag.key}, {"Value", tag.value}});
    return list;
}

}  // namespace

Result<Answer> add_tags(Context& context, const Json& input) {
    const auto resource = find_tagged(context, text(input, "ResourceArn"));
    if (!resource) return resource.error();
    auto& rows = context.services.store.tags;
    rows.put(*resource, tags(input));
    if (const std::size_t count = rows.count(*resource); count > kMostTags)
        return validation_error(fmt::format("A resource has at most {} tags; it would have {}.", kMostTags, count));
    const auto all = rows.list(*resource, {.limit = kMostTags, .order = store::SortOrder::Ascending, .after = {}});
    return Answer{{{"Tags", tag_list(all.rows)}}, {}};
}

Result<Answer> list_tags(Context& context, const Json& input) {
    if (const auto job = find_job_by_arn(context, text(input, "ResourceArn")))
        return Answer{{{"Tags", job_tags(context, *job)}}, {}};
    const auto resource = find_tagged(context, text(input, "ResourceArn"));
    if (!resource) return resource.error();
    const auto page = page_request(context.call, store::SortOrder::Ascending, kMostTags);
    if (!page) return page.error();
    const auto found = context.services.store.tags.list(*resource, *page);
    Json output = {{"Tags", tag_list(found.rows)}};
    set_next_token(output, found.next, context.call);
    return Answer{std::move(output), {}};
}

Result<Answer> delete_tags(Context& context, const Json& input) {
    const auto resource = find_tagged(context, text(input, "ResourceArn"));
    if (!resource) return resource.error();
    context.services.store.tags.erase(*resource, text_list(input, "TagKeys"));
    return Answer{};
}

}  // namespace pipelines::api
