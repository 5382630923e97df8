// Files that expressions read: from the scenario, the directory of objects, or an endpoint. What an endpoint has is
// fetched after the COMMIT, while the step is Preparing; then the step is launched again, with the file in hand.

#include <fmt/format.h>

#include "engine/driver.hpp"
#include "pipelines/documents/documents.hpp"

namespace pipelines::engine {
namespace {

constexpr std::size_t kLargestFile = 2 * 1024 * 1024;  // AWS: 2 MB a property file

Result<Json> parsed(const Result<std::string>& bytes) {
    if (!bytes) return bytes.error();
    auto content = parse_json(*bytes);
    if (!content) return validation_error("it is not JSON: " + describe(content.error()));
    return std::move(content.value());
}

}  // namespace

std::optional<definition::FileAnswer> file_of_directory(const Options& options, std::map<std::string, Json>& known,
                                                        const definition::FileReference& reference) {
    if (const auto found = known.find(reference.uri); found != known.end()) return &found->second;
    const auto object = store::parse_s3_uri(reference.uri);
    if (!object || !options.objects) return std::nullopt;
    const auto bytes = options.objects->read(*object, kLargestFile);
    auto content = parsed(bytes);
    if (content) return &known.emplace(reference.uri, *std::move(content)).first->second;
    if (bytes || content.error().kind != ErrorKind::NotFound)
        return definition::unreadable_file(reference, content.error().message);
    if (!options.fetch) return definition::missing_file(reference, content.error().message);
    return std::nullopt;
}

definition::FileAnswer Reader::file(const NamespaceKey& where, Run& run, int iteration,
                                    definition::FileReference& reference) const {
    if (!reference.step.empty()) {
        const auto node = run.definition->find(reference.step).value();  // compile() checked the step and its file
        if (!run.definition->graph.nodes[node].parent) iteration = -1;
        if (const StepState* row = run.plan.current(node, iteration)) {
            if (const Json* scripted =
                    find(draft(rows_, run, row->seq).content.property_files, reference.property_file))
                return scripted;
        }
        const auto properties = document(where, run, node, iteration);
        if (!properties) return properties.error();
        for (const definition::PropertyFile& declared : run.definition->steps[node].property_files)
            if (declared.name == reference.property_file)
                reference.uri = definition::property_file_uri(declared, **properties);
    }
    if (!store::parse_s3_uri(reference.uri)) return definition::missing_file(reference);
    if (auto here = file_of_directory(options_, run.settling.files, reference)) return *std::move(here);
    return fetched_file(run, reference);
}

definition::FileAnswer Reader::fetched_file(Run& run, const definition::FileReference& reference) const {
    if (!options_.fetch || !run.launching) return definition::missing_file(reference);
    const auto& files = run.fetched[*run.launching].files;
    const auto known = files.find(reference.uri);
    if (known == files.end()) return definition::Fetch{reference.uri};
    if (known->second) return &*known->second;
    const Error& why = known->second.error();
    return why.kind == ErrorKind::NotFound ? definition::missing_file(reference, why.message)
                                           : definition::unreadable_file(reference, why.message);
}

void Performer::await(Space& space, Run& run, StepSeq seq, const definition::Fetch& file) {
    run.fetched[seq].awaited = true;
    const StepRef step{run.execution.id, seq, run.plan.row(seq).attempt};
    rows_.turn.after_commit([this, step, where = space.row.key, uri = file.uri] { fetch_(step, where, uri); });
}

void Driver::fetch(const StepRef& step, const NamespaceKey& where, const std::string& uri) {
    const auto open = runs_.find(step.execution);
    const bool needed = open != runs_.end() && open->second->fetched.contains(step.step);
    if (!needed) return;
    const store::ObjectName object = store::parse_s3_uri(uri).value();  // file() asks for no other
    const auto take = [this, step, uri](const Result<std::string>& bytes) {
        from_outside(step, Phase::Preparing, [this, uri, content = parsed(bytes)](Space& at, Run& of, StepSeq row) {
            of.fetched[row].files.insert_or_assign(uri, content);
            performer_.launch(at, of, row);
        });
    };
    open->second->fetched[step.step].call = options_.fetch(where, object, kLargestFile, take);
}

}  // namespace pipelines::engine
