#include "pipelines/search/sql.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "pipelines/domain/job_name.hpp"
#include "pipelines/store/job_rows.hpp"
#include "search/columns.hpp"

namespace pipelines::search {
namespace {

using store::Query;

constexpr std::string_view kTagPrefix = "Tags.";
constexpr std::string_view kCreation = "r.created";  // of a job: what the index of its kind is ordered by
constexpr std::int64_t kAllRows = std::numeric_limits<std::int64_t>::max();  // the key up to which all of them stand

std::string filled(std::string_view text, const NamespaceKey& key) {
    std::string made{text};
    for (const auto& [mark, value] :
         {std::pair<std::string_view, std::string_view>{"{partition}", partition_of(key.region)},
          {"{region}", key.region},
          {"{account}", key.account}})
        if (const auto at = made.find(mark); at != std::string::npos) made.replace(at, mark.size(), value);
    return made;
}

Query text(std::string_view sql) { return {std::string(sql), {}}; }

Query::Value number_value(double number) {
    // As an integer where it is one, since a row holds integers; SQLite compares the two kinds by value.
    if (std::trunc(number) == number && std::abs(number) < 9e15) return static_cast<std::int64_t>(number);
    return number;
}

std::string_view sign_of(Comparison comparison) {
    switch (comparison) {
        case Comparison::GreaterThan: return " > ";
        case Comparison::GreaterThanOrEqualTo: return " >= ";
        case Comparison::LessThan: return " < ";
        case Comparison::LessThanOrEqualTo: return " <= ";
        default: return " = ";
    }
}

// The operator's operand where it is one value.
Query::Value operand(const Filter& filter) {
    switch (filter.property.kind) {
        case Kind::Number: return number_value(filter.number.value_or(0));
        case Kind::Flag: return std::int64_t{filter.flag};
        case Kind::Moment: return to_millis(filter.moment);
        default: return filter.text;
    }
}

Query one_of(std::string_view expression, const std::vector<Query::Value>& values) {
    if (values.empty()) return text("0");
    Query made = text(expression);
    if (values.size() == 1) return std::move(made.add(" = ").bind(values.front()));
    made = text("+");  // several values leave no order of an index, so none should be chosen for them
    made.add(expression).add(" IN (");
    for (std::size_t i = 0; i < values.size(); ++i) made.add(i > 0 ? ", " : "").bind(values[i]);
    return std::move(made.add(")"));
}

// Does a text satisfy the filter, of which only text operators can be asked?
bool holds(const Filter& filter, std::string_view value) {
    switch (filter.comparison) {
        case Comparison::Contains: return value.find(filter.text) != std::string_view::npos;
        case Comparison::In: return std::ranges::find(filter.texts, value) != filter.texts.end();
        default: return value == filter.text;
    }
}

// The columns' values in an ARN of this form; nothing if it is none.
std::optional<std::vector<std::string>> take_apart(std::span<const ArnPart> parts, std::string_view arn,
                                                   const NamespaceKey& key) {
    std::vector<std::string> values;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const std::string before = filled(parts[i].before, key);
        if (!arn.starts_with(before)) return std::nullopt;
        arn.remove_prefix(before.size());
        const auto end = i + 1 < parts.size() ? arn.find(parts[i + 1].before) : arn.size();
        if (end == std::string_view::npos) return std::nullopt;
        values.emplace_back(arn.substr(0, end));
        arn.remove_prefix(end);
    }
    return values;
}

class Compiler {
public:
    Compiler(const Table& table, const Scope& scope, std::string_view sort)
        : table_(table), scope_(scope), sort_(sort) {}

    // Nothing: no SQL says it, not even roughly. Clears `exact` where a row may match and its record does not.
    std::optional<Query> condition(const Expression& expression, bool& exact) const {
        std::vector<Query> parts;
        const bool any = expression.junction == Junction::Or;
        bool complete = true;
        const auto take = [&parts, &complete, &exact](std::optional<Query> part) {
            if (part) return parts.push_back(std::move(*part));
            complete = exact = false;
        };
        for (const Filter& filter : expression.filters) take(condition(filter));
        for (const NestedFilter& nested : expression.nested) take(condition(nested));
        for (const Expression& part : expression.parts) take(condition(part, exact));
        if (parts.empty() && complete) return text("1");
        if (parts.empty() || (any && !complete)) return std::nullopt;
        Query made = text("(");
        for (std::size_t i = 0; i < parts.size(); ++i) made.add(i == 0 ? "" : any ? " OR " : " AND ").add(parts[i]);
        return std::move(made.add(")"));
    }

    // The value that rows are sorted by; nothing where no column holds it.
    struct Key {
        Query value;
        bool nullable = false;
    };
    std::optional<Key> key(const Property& property) const {
        const Column* column = column_of(property);
        if (column == nullptr && table_.documents) return std::nullopt;
        if (column == nullptr) return Key{text("NULL"), true};
        return Key{value(*column, property), column->nullable || column->overridden};
    }

private:
    const Column* column_of(const Property& property) const {
        const bool tag =
            std::ranges::any_of(property.path, [](const PathStep& step) { return step.way == PathStep::Way::Named; });
        return find_column(table_,
                           tag && property.name.starts_with(kTagPrefix) ? "Tags.*" : std::string_view{property.name});
    }

    Query value(const Column& column, const Property& property) const {
        if (column.overridden) return either(column, own_value(column, property), stated(column));
        return own_value(column, property);
    }

    // What the row says, or what the job's result says instead: read from its JSON where there is one.
    static Query either(const Column& column, const Query& own, const Query& other) {
        Query made = text("(CASE WHEN r.result IS NULL OR json_type(r.result, '$.");
        made.add(column.property).add("') IS NULL THEN ").add(own).add(" ELSE ").add(other);
        return std::move(made.add(" END)"));
    }

    // What is no text is no value of a property that is one (evaluate.cpp), so that it is NULL here.
    static Query stated(const Column& column) {
        Query made = text("(CASE json_type(r.result, '$.");
        made.add(column.property).add("') WHEN 'text' THEN r.result ->> '$.").add(column.property);
        return std::move(made.add("' END)"));
    }

    Query own_value(const Column& column, const Property& property) const {
        if (!column.constant.empty()) return std::move(Query{}.bind(filled(column.constant, scope_.key)));
        if (!column.arn.empty()) return arn(column.arn);
        if (!column.codes.empty()) return decoded(column);
        if (const auto mark = column.value.find('?'); mark != std::string_view::npos) {  // of a tag: its key
            Query made = text(column.value.substr(0, mark));
            return std::move(made.bind(property.name.substr(kTagPrefix.size())).add(column.value.substr(mark + 1)));
        }
        return text(column.value);
    }

    Query arn(std::span<const ArnPart> parts) const {
        Query made = text("(");
        for (const ArnPart& part : parts)
            made.add(&part == parts.data() ? "" : " || ")
                .bind(filled(part.before, scope_.key))
                .add(" || ")
                .add(part.column);
        return std::move(made.add(")"));
    }

    Query decoded(const Column& column) const {
        Query made = text("(CASE ");
        made.add(column.value);
        for (std::size_t code = 0; code < column.codes.size(); ++code)
            made.add(" WHEN ").add(std::to_string(code)).add(" THEN ").bind(std::string(column.codes[code]));
        return std::move(made.add(" END)"));
    }

    std::optional<Query> condition(const Filter& filter) const {
        const Column* column = column_of(filter.property);
        if (column == nullptr && table_.documents) return std::nullopt;
        const bool negative = filter.comparison == Comparison::NotEquals || filter.comparison == Comparison::NotExists;
        Query made = column == nullptr ? text("0") : positive(filter, *column);
        if (column != nullptr && !column->items.empty() && filter.property.kind != Kind::Group && !within_item(filter))
            made = any_item(*column, std::move(made));
        if (negative) made = std::move(text("((").add(made).add(") IS NOT TRUE)"));
        return made;
    }

    // A filter of a nested one starts at the item, not at the record.
    static bool within_item(const Filter& filter) {
        return std::ranges::none_of(filter.property.path,
                                    [](const PathStep& step) { return step.way == PathStep::Way::Each; });
    }

    static Query any_item(const Column& column, Query condition) {
        return std::move(text("EXISTS (SELECT 1 FROM ").add(column.items).add(" AND ").add(condition).add(")"));
    }

    // What the filter says, or of a negative one, its opposite.
    Query positive(const Filter& filter, const Column& column) const {
        const Comparison comparison = filter.comparison;
        if (comparison == Comparison::Exists || comparison == Comparison::NotExists)
            return std::move(Query{}.add(value(column, filter.property)).add(" IS NOT NULL"));
        if (!column.constant.empty()) return text(holds(filter, filled(column.constant, scope_.key)) ? "1" : "0");
        if (!column.codes.empty()) {
            const Query own = one_of(column.value, codes(filter, column));
            return column.overridden ? either(column, own, satisfies(filter, stated(column))) : own;
        }
        if (!column.arn.empty() && comparison != Comparison::Contains) return arn_is(filter, column.arn);
        // Where several times have an index, it is for what rows are sorted by: one that only filters takes no other.
        const bool filters_only =
            filter.property.kind == Kind::Moment && column.property != sort_ && !table_.by_creation;
        return satisfies(filter, std::move(text(filters_only ? "+" : "").add(value(column, filter.property))));
    }

    static Query satisfies(const Filter& filter, const Query& value) {
        switch (filter.comparison) {
            case Comparison::Contains:
                return std::move(text("instr(").add(value).add(", ").bind(filter.text).add(") > 0"));
            case Comparison::In: return in(value, {filter.texts.begin(), filter.texts.end()});
            default: return std::move(Query{value}.add(sign_of(filter.comparison)).bind(operand(filter)));
        }
    }

    static Query in(Query value, const std::vector<Query::Value>& values) {
        value.add(" IN (");
        for (std::size_t i = 0; i < values.size(); ++i) value.add(i > 0 ? ", " : "").bind(values[i]);
        return std::move(value.add(")"));
    }

    static std::vector<Query::Value> codes(const Filter& filter, const Column& column) {
        std::vector<Query::Value> found;
        for (std::size_t code = 0; code < column.codes.size(); ++code)
            if (holds(filter, column.codes[code])) found.emplace_back(static_cast<std::int64_t>(code));
        return found;
    }

    Query arn_is(const Filter& filter, std::span<const ArnPart> parts) const {
        const std::vector<std::string> wanted =
            filter.comparison == Comparison::In ? filter.texts : std::vector<std::string>{filter.text};
        Query made;
        for (const std::string& one : wanted) {
            const auto values = take_apart(parts, one, scope_.key);
            if (!values) continue;
            made.add(made.text.empty() ? "(" : " OR ").add("(");
            for (std::size_t i = 0; i < parts.size(); ++i)
                made.add(i > 0 ? " AND " : "").add(part_is(parts[i], (*values)[i]));
            made.add(")");
        }
        return made.text.empty() ? text("0") : std::move(made.add(")"));
    }

    Query part_is(const ArnPart& part, const std::string& value) const {
        if (!part.pipeline_name) return std::move(text(part.column).add(" = ").bind(value));
        return std::move(text("r.pipeline = (SELECT id FROM pipelines WHERE namespace = ")
                             .bind(scope_.id)
                             .add(" AND name = ")
                             .bind(value)
                             .add(")"));
    }

    std::optional<Query> condition(const NestedFilter& nested) const {
        const Column* list = find_column(table_, nested.list.name);
        if (list == nullptr && table_.documents) return std::nullopt;
        if (list == nullptr) return text("0");
        Query made = text("1");
        for (const Filter& filter : nested.filters) {
            auto part = condition(filter);
            if (!part) return std::nullopt;
            made.add(" AND ").add(*part);
        }
        return any_item(*list, std::move(made));
    }

    const Table& table_;
    const Scope& scope_;
    std::string_view sort_;
};

// The filters that every match satisfies.
template <class Visit>
void each_required(const Expression& expression, const Visit& visit) {
    if (expression.junction == Junction::Or &&
        expression.filters.size() + expression.nested.size() + expression.parts.size() > 1)
        return;
    for (const Filter& filter : expression.filters) visit(filter);
    for (const Expression& part : expression.parts) each_required(part, visit);
}

static_assert(static_cast<int>(JobStatus::Completed) == 1, "stands in of_kind");

// The rows of a resource among all jobs. A group has no row: the oldest of its packages is read for it. A model is
// there once it is made. "unlikely", lest the range of kinds, which the partial index asks for, is taken for the
// narrower condition.
Query of_kind(JobKind kind) {
    const bool group = kind == JobKind::ModelPackageGroup;
    Query made = text(" AND unlikely(r.kind = ");
    made.bind(static_cast<std::int64_t>(group ? JobKind::ModelPackage : kind)).add(") AND ").add(store::kListedJobs);
    if (group) made.add(" AND ").add(store::kOldestOfGroup);
    if (kind == JobKind::Model) made.add(" AND r.status = 1");
    return made;
}

// The executions whose jobs may have one of these names. The trainings of a tuning job have what names a scenario gives
// them.
Query of_executions(const std::vector<std::string>& names, JobKind kind, const Scope& scope) {
    Query made = text(" AND r.execution IN (SELECT id FROM executions WHERE namespace = ");
    made.bind(scope.id).add(" AND public_id IN (");
    std::string_view comma;
    for (const std::string& name : names)
        for (const std::string& id : execution_ids_in(name)) made.add(std::exchange(comma, ", ")).bind(id);
    made.add(")");
    if (kind == JobKind::Training)
        made.add(" UNION SELECT r.execution FROM jobs AS r WHERE r.namespace = ")
            .bind(scope.id)
            .add(" AND r.kind = ")
            .bind(static_cast<std::int64_t>(JobKind::Tuning))
            .add(" AND ")
            .add(store::kListedJobs)
            .add(" AND instr(r.result, '\"TrainingJobName\"')");
    return std::move(made.add(")"));
}

// Which index is entered is decided here, since the planner has no statistics: that of the pipeline or of the
// executions where some are asked for, else that of the namespace; and a lower bound of one time is one of each time
// that is never less.
Query rows_of(const Resource& resource, const Table& table, const Expression& expression, const Property& sort,
              const Scope& scope) {
    bool narrower = false;
    Query bounds;
    each_required(expression, [&narrower, &bounds, &resource, &table, &sort, &scope](const Filter& filter) {
        const Column* column = find_column(table, filter.property.name);
        if (column == nullptr) return;
        const bool from_below = filter.comparison == Comparison::GreaterThan ||
                                filter.comparison == Comparison::GreaterThanOrEqualTo ||
                                filter.comparison == Comparison::Equals;
        if (!column->arn.empty() && column->arn.front().pipeline_name && filter.comparison == Comparison::Equals)
            narrower = true;
        const Column* sorted = find_column(table, sort.name);
        if (from_below && sorted != nullptr && !column->at_most.empty() && sorted->value == column->at_most &&
            !table.by_creation)
            bounds.add(" AND ").add(column->at_most).add(" >= ").bind(to_millis(filter.moment));
        if (column->value == kCreation && table.by_creation && orders(filter.comparison))
            bounds.add(" AND ").add(kCreation).add(sign_of(filter.comparison)).bind(to_millis(filter.moment));
        const bool named = filter.comparison == Comparison::Equals || filter.comparison == Comparison::In;
        if (column->job_name && named) {
            narrower = true;
            bounds.add(of_executions(
                filter.comparison == Comparison::In ? filter.texts : std::vector<std::string>{filter.text},
                resource.kind, scope));
        }
    });
    Query made = text(" FROM ");
    made.add(table.rows).add(narrower ? " WHERE +r.namespace = " : " WHERE r.namespace = ").bind(scope.id);
    if (resource.holder == Holder::Jobs) made.add(of_kind(resource.kind));
    return std::move(made.add(bounds));
}

bool finds_one(const Table& table, const Expression& expression) {
    bool one = false;
    each_required(expression, [&table, &one](const Filter& filter) {
        const Column* column = find_column(table, filter.property.name);
        one |= column != nullptr && column->identifies && filter.comparison == Comparison::Equals;
    });
    return one;
}

// Of what was made again under its name: the newest among the rows up to a key.
Query newest_of_name(std::int64_t newest) {
    const std::string_view condition{store::kNewestOfName};
    const auto mark = condition.find('?');
    Query made = text(" AND ");
    return std::move(made.add(condition.substr(0, mark)).bind(newest).add(condition.substr(mark + 1)));
}

Query::Value key_value(const Json& key) {
    if (key.is_string()) return key.get<std::string>();
    if (key.is_number_integer()) return key.get<std::int64_t>();
    return key.is_number() ? key.get<double>() : 0.0;
}

}  // namespace

Search::Search(const Resource& resource, const Expression& expression, const Property& sort, Scope scope) {
    const Table& table = table_of(resource);
    const Compiler compiler{table, scope, sort.name};
    rows_ = rows_of(resource, table, expression, sort, scope);
    const auto condition = compiler.condition(expression, exact_);
    condition_ = condition ? *condition : text("1");
    if (!condition) exact_ = false;
    const Column* sorted = find_column(table, sort.name);
    sorts_ = table.by_creation && (sorted == nullptr || sorted->value != kCreation);
    remade_ = resource.kind == JobKind::Endpoint && table.documents;
    if (auto key = compiler.key(sort)) {
        // One row needs no order, whose index would be taken rather than that of its id.
        key_ = std::move(text(finds_one(table, expression) ? "+" : "").add(key->value));
        nullable_ = key->nullable;
    }
}

Query Search::page(const store::PageRequest& request) const {
    const auto& after = request.after;
    const bool descending = request.order == store::SortOrder::Descending;
    const std::string_view beyond = descending ? " < " : " > ";
    Query made = text("SELECT r.id, ");
    made.add(key_.value()).add(" AS sorted").add(rows_).add(" AND ").add(condition_);
    if (remade_) made.add(newest_of_name(kAllRows));
    if (after && after->key.is_null()) {
        made.add(" AND sorted IS NULL AND r.id").add(beyond).bind(after->id);
    } else if (after) {
        made.add(nullable_ ? " AND (sorted IS NULL OR (sorted, r.id)" : " AND ((sorted, r.id)").add(beyond).add("(");
        made.bind(key_value(after->key)).add(", ").bind(after->id).add("))");
    }
    made.add(" ORDER BY ").add(nullable_ ? "sorted IS NULL, " : "");
    made.add(descending ? "sorted DESC, r.id DESC" : "sorted, r.id");
    return std::move(made.add(" LIMIT ").bind(static_cast<std::int64_t>(request.limit + 1)));
}

Query Search::count(std::size_t limit) const {
    Query made = text("SELECT count(*) FROM (SELECT 1");
    made.add(rows_).add(" AND ").add(condition_);
    if (remade_) made.add(newest_of_name(kAllRows));
    return std::move(made.add(" LIMIT ").bind(static_cast<std::int64_t>(limit)).add(")"));
}

// The condition is a column, not one of the WHERE: else a walk that finds little could not be cut.
Query Search::walk(const Walked& behind, std::int64_t newest) const {
    Query made = text("SELECT r.id, r.created, ");
    made.add(condition_).add(", ").add(decides() ? *key_ : text("NULL")).add(rows_);
    if (remade_) made.add(newest_of_name(newest));
    made.add(" AND r.id <= ").bind(newest).add(" AND (r.created, r.id) > (").bind(behind.created).add(", ");
    return std::move(made.bind(behind.id).add(") ORDER BY r.created, r.id"));
}

}  // namespace pipelines::search
