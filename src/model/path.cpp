#include "model/path.hpp"

namespace pipelines::model {
namespace {

std::string lower_camel(std::string_view name) {
    std::string text{name};
    if (!text.empty() && text.front() >= 'A' && text.front() <= 'Z')
        text.front() = static_cast<char>(text.front() - 'A' + 'a');
    return text;
}

}  // namespace

std::string constraint_path(const Path& path) {
    if (path.parent == nullptr) return {};
    std::string text = constraint_path(*path.parent);
    if (!text.empty()) text += '.';
    switch (path.step) {
        case Path::Step::Root: break;
        case Path::Step::Member: text += lower_camel(path.name); break;
        case Path::Step::Item: text += std::to_string(path.index + 1) + ".member"; break;
        case Path::Step::Value: text.append(path.name).append(".member"); break;
    }
    return text;
}

std::string wire_path(const Path& path) {
    if (path.parent == nullptr) return {};
    std::string text = wire_path(*path.parent);
    switch (path.step) {
        case Path::Step::Root: break;
        case Path::Step::Member:
            if (!text.empty()) text += '.';
            text += path.name;
            break;
        case Path::Step::Item: text += '[' + std::to_string(path.index) + ']'; break;
        case Path::Step::Value: text.append("['").append(path.name).append("']"); break;
    }
    return text;
}

}  // namespace pipelines::model
