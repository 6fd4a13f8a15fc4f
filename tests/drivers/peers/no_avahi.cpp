// Stands before libavahi-client in a real ippeveprinter, which else does not start without an mDNS
// daemon and a system bus: it announces itself to nobody. Loaded with LD_PRELOAD.
extern "C" {

static int something;  // what every handle points to; nobody looks behind it

void* avahi_client_new(const void*, int, void*, void*, int* error) {
    if (error) *error = 0;
    return &something;
}
void avahi_client_free(void*) {}
int avahi_client_errno(void*) {
    return 0;
}
const char* avahi_client_get_host_name_fqdn(void*) {
    return "localhost";
}
void* avahi_entry_group_new(void*, void*, void*) {
    return &something;
}
int avahi_entry_group_free(void*) {
    return 0;
}
int avahi_entry_group_commit(void*) {
    return 0;
}
int avahi_entry_group_add_service_strlst(void*, ...) {
    return 0;
}
int avahi_entry_group_add_service_subtype(void*, ...) {
    return 0;
}
}
