// Files of labels: kept first, then read page by page.
#include "core/rules/rules.hpp"

namespace kemas {

void on_label_file_arrived(Turn& turn, const LabelFileArrived& in) {
    if (const auto known = turn.books.label_file_by_hash(in.hash))
        return turn.accept("label_file_known",
                           {{"file", std::to_string(known->id.value)}, {"name", known->name}});
    LabelFile file;
    file.id = turn.books.next_label_file_id();
    file.hash = in.hash;
    file.name = in.name;
    file.source = in.source;
    file.by = in.by;
    file.arrived_at = turn.now();
    turn.change(PutBlob{in.hash, "label file", in.bytes});
    turn.change(PutLabelFile{file});
    turn.accept("label_file_stored", {{"file", std::to_string(file.id.value)}, {"name", in.name}});
}

void on_label_file_read(Turn& turn, const LabelFileRead& in) {
    auto file = turn.books.label_file(in.file);
    if (!file) return turn.refuse("unknown_label_file", {{"file", std::to_string(in.file.value)}});
    file->read_at = turn.now();
    file->pages = in.pages;
    file->fault = in.fault;
    turn.change(PutLabelFile{*file});
    if (in.fault.empty())
        return turn.accept("label_file_read",
                           {{"name", file->name}, {"pages", std::to_string(in.pages)}});
    turn.attention("label_file_refused",
                   {{"name", file->name}, {"pages", std::to_string(in.pages)}, {"why", in.fault}});
}

}  // namespace kemas
