/*
 * An EFI application for a machine with two devices that the driver takes for GPUs. It does what firmware, GOPs and users do: connects,
 * disconnects, enumerates the bus again, presets registers, unloads. Each trial writes a line to the debug port.
 */
#include "memory_map.h"
#include "opregion.h"
#include "ports.h"
#include "proto/driver.h"
#include "proto/gop_policy.h"
#include "proto/pci_io.h"
#include "report.h"
#include "report_variable.h"
#include "setup.h"

#define DEBUG_PORT 0x402
#define ASLS CONFIG_ASLS
#define BDSM 0x5c
#define GGC 0x50
#define FREE 0x8000000U /* 64 MiB there are free in a machine of 512 MiB */
#ifndef TRIALS /* which of them to run: a number for each kind of machine */
#define TRIALS 0
#endif

#define EFI_PCI_ROOT_BRIDGE_IO_PROTOCOL_GUID { 0x2f707ebb, 0x4a1a, 0x11d4, { 0x9a, 0x38, 0x00, 0x90, 0x27, 0x3f, 0xc1, 0x4d } }

EFI_BOOT_SERVICES *BS;
EFI_RUNTIME_SERVICES *RT;

static EFI_GUID pci_io_guid = EFI_PCI_IO_PROTOCOL_GUID;
static EFI_GUID root_guid = EFI_PCI_ROOT_BRIDGE_IO_PROTOCOL_GUID;
static EFI_GUID policy_guid = PLATFORM_GOP_POLICY_GUID;
static EFI_GUID binding_guid = EFI_DRIVER_BINDING_PROTOCOL_GUID;
static EFI_GUID setup_guid = SETUP_GUID;
static const uint16_t variable_name[] = REPORT_VARIABLE_NAME;
static const EFI_GUID variable_guid = REPORT_VARIABLE_GUID;

static EFI_HANDLE root, a, b;

static void say(const char *text) {
        while (*text != '\0')
                port_out8(DEBUG_PORT, (uint8_t) *text++);
}

/* Ends the trial with the number of this line when the condition is false. */
#define check(condition)                 \
        do {                             \
                if (!(condition))        \
                        return __LINE__; \
        } while (false)

static EFI_PCI_IO_PROTOCOL *pci_of(EFI_HANDLE handle) {
        void *pci;

        return BS->HandleProtocol(handle, &pci_io_guid, &pci) == EFI_SUCCESS ? pci : NULL;
}

static uint32_t config(EFI_HANDLE handle, uint32_t offset) {
        uint32_t value = 0;

        (void) pci_of(handle)->PciRead(pci_of(handle), EfiPciIoWidthUint32, offset, 1, &value);
        return value;
}

static void preset(EFI_HANDLE handle, uint32_t offset, uint64_t value) {
        (void) pci_of(handle)->PciWrite(pci_of(handle), EfiPciIoWidthUint32, offset, 1, &value);
}

static bool is_marked(EFI_HANDLE handle) {
        void *mark;

        return BS->HandleProtocol(handle, &setup_guid, &mark) == EFI_SUCCESS;
}

static size_t marked(EFI_HANDLE ret_handles[4]) {
        EFI_HANDLE *handles;
        size_t count;

        if (BS->LocateHandleBuffer(ByProtocol, &setup_guid, /* SearchKey= */ NULL, &count, &handles) != EFI_SUCCESS)
                return 0;
        for (size_t i = 0; i < count && i < 4; i++)
                ret_handles[i] = handles[i];
        BS->FreePool(handles);
        return count;
}

static EFI_HANDLE driver_of(EFI_HANDLE handle) {
        EFI_OPEN_PROTOCOL_INFORMATION_ENTRY *users;
        EFI_HANDLE driver = NULL;
        size_t count;

        if (BS->OpenProtocolInformation(handle, &setup_guid, &users, &count) != EFI_SUCCESS)
                return NULL;
        for (size_t i = 0; i < count; i++)
                if (users[i].Attributes & EFI_OPEN_PROTOCOL_BY_DRIVER)
                        driver = users[i].AgentHandle;
        BS->FreePool(users);
        return driver;
}

static PLATFORM_GOP_POLICY *policy(void) {
        void *found;

        return BS->LocateProtocol(&policy_guid, /* Registration= */ NULL, &found) == EFI_SUCCESS ? found : NULL;
}

/* The VBT that a GOP gets, or NULL. */
static const uint8_t *vbt_of_policy(void) {
        EFI_PHYSICAL_ADDRESS address;
        uint32_t size;

        if (policy() == NULL || policy()->GetVbtData(&address, &size) != EFI_SUCCESS)
                return NULL;
        return (const uint8_t *) (uintptr_t) address;
}

static bool is_free(uint64_t base, size_t pages, EFI_MEMORY_TYPE type) {
        bool all = true;

        for (; pages > 0; pages--, base += PAGE_SIZE) {
                EFI_PHYSICAL_ADDRESS at = base;
                if (BS->AllocatePages(AllocateAddress, type, 1, &at) == EFI_SUCCESS)
                        BS->FreePages(at, 1);
                else
                        all = false;
        }
        return all;
}

static bool is_taken(uint64_t base, size_t pages, EFI_MEMORY_TYPE type) {
        for (; pages > 0; pages--, base += PAGE_SIZE)
                if (is_free(base, 1, type))
                        return false;
        return true;
}

static const Report *read_report(void) {
        static Report report;
        size_t size = sizeof report;

        if (RT->GetVariable(variable_name, &variable_guid, /* Attributes= */ NULL, &size, &report) != EFI_SUCCESS)
                report.header.count = 0;
        return &report;
}

static unsigned entries_of(Step step) {
        const Report *report = read_report();
        unsigned count = 0;

        for (size_t i = 0; i < report->header.count; i++)
                count += report->entries[i].step == step;
        return count;
}

/* Whether an entry with these numbers was reported since the last device. */
static bool reported(Step step, Outcome outcome, uint64_t value, uint64_t detail) {
        const Report *report = read_report();
        bool is = false;

        for (size_t i = 0; i < report->header.count; i++) {
                const ReportEntry *entry = &report->entries[i];
                if (entry->step == STEP_DEVICE)
                        is = false;
                is |= entry->step == step && entry->outcome == outcome && entry->value == value && entry->detail == detail;
        }
        return is;
}

static EFI_STATUS connect(EFI_HANDLE handle) {
        return BS->ConnectController(handle, /* DriverImageHandle= */ NULL, /* RemainingDevicePath= */ NULL, /* Recursive= */ true);
}

static EFI_STATUS disconnect(EFI_HANDLE handle) {
        return BS->DisconnectController(handle, /* DriverImageHandle= */ NULL, /* ChildHandle= */ NULL);
}

/* A driver that opens a device as a GOP does, but only on the handle that a trial names. */
static EFI_HANDLE gop_wanted_on, gop_runs_on;
static bool gop_had_vbt;

static EFI_STATUS EFIAPI gop_supported(EFI_DRIVER_BINDING_PROTOCOL *this, EFI_HANDLE handle, void *path) {
        (void) this;
        (void) path;
        if (gop_wanted_on == NULL || gop_runs_on != NULL || pci_of(handle) == NULL || (uint16_t) config(handle, 0) != 0x1234)
                return EFI_UNSUPPORTED;
        return gop_wanted_on == root || gop_wanted_on == handle ? EFI_SUCCESS : EFI_UNSUPPORTED;
}

static EFI_STATUS EFIAPI gop_start(EFI_DRIVER_BINDING_PROTOCOL *this, EFI_HANDLE handle, void *path) {
        void *pci;
        EFI_STATUS err = BS->OpenProtocol(handle, &pci_io_guid, &pci, this->DriverBindingHandle, handle, EFI_OPEN_PROTOCOL_BY_DRIVER);

        (void) path;
        if (err != EFI_SUCCESS)
                return err;
        gop_runs_on = handle;
        gop_had_vbt = vbt_of_policy() != NULL;
        return EFI_SUCCESS;
}

static EFI_STATUS EFIAPI gop_stop(EFI_DRIVER_BINDING_PROTOCOL *this, EFI_HANDLE handle, size_t children, EFI_HANDLE *child) {
        (void) children;
        (void) child;
        gop_runs_on = NULL;
        return BS->CloseProtocol(handle, &pci_io_guid, this->DriverBindingHandle, handle);
}

static EFI_DRIVER_BINDING_PROTOCOL gop = { .Supported = gop_supported, .Start = gop_start, .Stop = gop_stop, .Version = 0x30000 };

/* Finds the two devices, which must both be set up. */
static unsigned find(void) {
        EFI_HANDLE handles[4];
        size_t segment, bus, device[2], function;

        check(marked(handles) == 2);
        for (unsigned i = 0; i < 2; i++) {
                check(pci_of(handles[i]) != NULL);
                (void) pci_of(handles[i])->GetLocation(pci_of(handles[i]), &segment, &bus, &device[i], &function);
        }
        a = handles[device[0] > device[1]];
        b = handles[device[0] < device[1]];
        return 0;
}

static bool is_set_up(EFI_HANDLE handle) {
        uint32_t region = config(handle, ASLS);

        return is_marked(handle) && region != 0 && memcmp((const void *) (uintptr_t) region, "IntelGraphicsMem", 16) == 0 &&
               is_taken(region, 2, EfiACPIMemoryNVS) && config(handle, BDSM) != 0;
}

static unsigned all_entries_of_two_devices_are_reported(void) {
        unsigned devices = entries_of(STEP_DEVICE), undone = entries_of(STEP_UNDO);

        (void) disconnect(a);
        (void) disconnect(b);
        (void) connect(a);
        (void) connect(b);
        check(entries_of(STEP_DEVICE) == devices + 2);
        check(entries_of(STEP_UNDO) == undone + 2);
        return 0;
}

static unsigned stop_undoes_start(void) {
        uint32_t region = config(a, ASLS), stolen = config(a, BDSM);

        check(is_set_up(a) && policy() != NULL);
        check(disconnect(a) == EFI_SUCCESS);
        check(!is_marked(a) && policy() == NULL && config(a, ASLS) == 0 && config(a, BDSM) == 0);
        check(is_free(region, 2, EfiACPIMemoryNVS) && is_free(stolen, 1, EfiReservedMemoryType));
        (void) connect(a);
        check(is_set_up(a) && policy() != NULL);
        return 0;
}

static unsigned device_that_a_gop_uses_is_not_stopped(void) {
        EFI_HANDLE driver = driver_of(a);
        uint32_t region = config(a, ASLS);

        gop_wanted_on = a;
        (void) connect(a);
        check(gop_runs_on == a && gop_had_vbt);
        check(BS->DisconnectController(a, driver, NULL) != EFI_SUCCESS);
        check(is_set_up(a) && vbt_of_policy() != NULL && config(a, ASLS) == region);
        check(BS->UnloadImage(driver) != EFI_SUCCESS);
        check(is_set_up(a) && vbt_of_policy() != NULL && config(a, ASLS) == region && gop_runs_on == a);

        /* All drivers: whichever is stopped first, the GOP stops, and finds what it needs when it is connected again. */
        check(disconnect(a) == EFI_SUCCESS && gop_runs_on == NULL);
        (void) connect(a);
        check(gop_runs_on == a && gop_had_vbt && is_set_up(a));
        check(disconnect(a) == EFI_SUCCESS && gop_runs_on == NULL);
        gop_wanted_on = NULL;
        (void) connect(a);
        return stop_undoes_start();
}

static unsigned policy_that_a_gop_of_another_device_uses_stays(void) {
        gop_wanted_on = b;
        (void) connect(b);
        check(gop_runs_on == b && gop_had_vbt);
        check(BS->DisconnectController(a, driver_of(a), NULL) != EFI_SUCCESS);
        check(is_set_up(a) && vbt_of_policy() != NULL);
        check(BS->DisconnectController(b, driver_of(b), NULL) != EFI_SUCCESS);
        check(is_set_up(b));
        gop_wanted_on = NULL;
        check(disconnect(b) == EFI_SUCCESS);
        (void) connect(b);
        return stop_undoes_start();
}

static unsigned bus_is_enumerated_again(void) {
        EFI_HANDLE before = a, gone[4];

        gop_wanted_on = root;
        (void) connect(a);
        check(gop_runs_on == a);
        (void) disconnect(root);
        check(gop_runs_on == NULL && pci_of(before) == NULL && marked(gone) == 2);
        (void) connect(root);
        unsigned line = find();
        if (line != 0)
                return line;
        check(a != before && is_set_up(a) && is_set_up(b));
        check((gop_runs_on == a || gop_runs_on == b) && vbt_of_policy() != NULL);
        check(gop_runs_on != a || gop_had_vbt);
        gop_wanted_on = NULL;
        (void) disconnect(a);
        (void) disconnect(b);
        (void) connect(a);
        (void) connect(b);
        check(is_set_up(a) && is_set_up(b));
        return 0;
}

static unsigned driver_whose_device_is_gone_is_stopped(void) {
        EFI_HANDLE gone[4];

        (void) disconnect(root);
        check(marked(gone) == 2);
        check(disconnect(gone[0]) == EFI_SUCCESS && disconnect(gone[1]) == EFI_SUCCESS);
        check(marked(gone) == 0 && policy() == NULL);
        gop_wanted_on = root;
        (void) connect(root);
        unsigned line = find();
        if (line != 0)
                return line;
        check(is_set_up(a) && is_set_up(b) && policy() != NULL);
        /* Without the firmware's list of the drivers in a device's ROM, the version decides which is first. */
        check(gop_runs_on == a && gop_had_vbt);
        gop_wanted_on = NULL;
        (void) disconnect(a);
        (void) connect(a);
        return 0;
}

static unsigned driver_whose_device_is_gone_is_unloaded(void) {
        EFI_HANDLE drivers[] = { driver_of(a), driver_of(b) }, gone[4];

        check(drivers[0] != drivers[1]);
        (void) disconnect(root);
        check(BS->UnloadImage(drivers[0]) == EFI_SUCCESS && marked(gone) == 1 && policy() == NULL);
        check(BS->UnloadImage(drivers[1]) == EFI_SUCCESS && marked(gone) == 0);
        (void) connect(root);
        check(marked(gone) == 0 && policy() == NULL);
        return 0;
}

static void make_vbt(uint8_t *vbt) {
        memset(vbt, 0, 0x100);
        memcpy(vbt, "$VBT PRESET         ", 20);
        write_u16(vbt + 0x18, 0x100);
        write_u32(vbt + 0x1c, 0x30);
        memcpy(vbt + 0x30, "BIOS_DATA_BLOCK ", 16);
        write_u16(vbt + 0x44, 0xd0);
}

/* Version 2.0 or 2.1; 2.1 has its VBT where rvda says. */
static void make_opregion(uint64_t at, uint8_t minor, uint64_t rvda, uint32_t rvds) {
        uint8_t *region = (uint8_t *) (uintptr_t) at;

        memset(region, 0, OPREGION_SIZE);
        memcpy(region, "IntelGraphicsMem", 16);
        write_u32(region + 0x10, 8);
        region[0x16] = minor;
        region[0x17] = 2;
        write_u32(region + 0x58, 0x1f);
        write_u64(region + 0x3ba, rvda);
        write_u32(region + 0x3c2, rvds);
        if (minor == 1)
                make_vbt(region + rvda);
}

static uint64_t allocated(EFI_MEMORY_TYPE type, size_t pages) {
        EFI_PHYSICAL_ADDRESS at = UINT32_MAX;

        return BS->AllocatePages(AllocateMaxAddress, type, pages, &at) == EFI_SUCCESS ? at : 0;
}

/* Starts the driver on a device whose ASLS is preset. */
static void start_at(uint64_t region) {
        preset(a, ASLS, region);
        (void) connect(a);
}

static bool policy_has(const char *name) {
        const uint8_t *vbt = vbt_of_policy();

        return vbt != NULL && memcmp(vbt + 5, name, 6) == 0;
}

/* Nobody protected it, as after a reboot: a fresh copy goes into the same memory. */
static unsigned preset_in_free_memory_is_refreshed(void) {
        uint64_t at = allocated(EfiACPIMemoryNVS, 4);

        check(at != 0 && BS->FreePages(at, 4) == EFI_SUCCESS);
        make_opregion(at, 1, OPREGION_SIZE, 0x1800);
        start_at(at);
        check(is_set_up(a) && config(a, ASLS) == at && policy_has("MADE U"));
        check(is_taken(at, 4, EfiACPIMemoryNVS));
        (void) disconnect(a);
        check(config(a, ASLS) == at && is_free(at, 4, EfiACPIMemoryNVS));
        return 0;
}

/* The fresh copy is larger than what was there. */
static unsigned preset_without_room_for_a_fresh_copy_is_moved(void) {
        uint64_t at = allocated(EfiACPIMemoryNVS, 3);

        check(at != 0 && BS->FreePages(at, 3) == EFI_SUCCESS);
        make_opregion(at, 1, OPREGION_SIZE, 0x100);
        start_at(at);
        check(is_set_up(a) && config(a, ASLS) != at && policy_has("MADE U"));
        (void) disconnect(a);
        check(config(a, ASLS) == at && is_free(at, 3, EfiACPIMemoryNVS));
        return 0;
}

static unsigned preset_in_reserved_memory_stays_reserved(void) {
        uint64_t at = allocated(EfiACPIMemoryNVS, 3);

        make_opregion(at, 1, OPREGION_SIZE, 0x100);
        start_at(at);
        check(is_set_up(a) && config(a, ASLS) == at && policy_has("PRESET"));
        (void) disconnect(a);
        check(config(a, ASLS) == at && is_taken(at, 3, EfiACPIMemoryNVS) && BS->FreePages(at, 3) == EFI_SUCCESS);
        return 0;
}

static unsigned preset_in_partly_free_memory_is_stale(void) {
        uint64_t at = allocated(EfiACPIMemoryNVS, 3);

        check(BS->FreePages(at + 2 * PAGE_SIZE, 1) == EFI_SUCCESS);
        make_opregion(at, 1, OPREGION_SIZE, 0x100);
        start_at(at);
        check(is_set_up(a) && config(a, ASLS) != at && policy_has("MADE U"));
        (void) disconnect(a);
        check(BS->FreePages(at, 2) == EFI_SUCCESS);
        return 0;
}

static unsigned preset_without_a_vbt_is_replaced(void) {
        uint64_t at = allocated(EfiACPIMemoryNVS, 2);

        make_opregion(at, 0, 0, 0);
        start_at(at);
        check(is_set_up(a) && config(a, ASLS) != at && policy_has("MADE U"));
        (void) disconnect(a);
        check(config(a, ASLS) == at && BS->FreePages(at, 2) == EFI_SUCCESS);
        return 0;
}

/* When no other source has an OpRegion. */
static unsigned preset_without_a_vbt_is_kept(void) {
        uint64_t at = allocated(EfiACPIMemoryNVS, 2);

        (void) disconnect(a);
        make_opregion(at, 0, 0, 0);
        start_at(at);
        check(is_marked(a) && config(a, ASLS) == at && policy() == NULL);
        return 0;
}

static unsigned vbt_at_an_absolute_address_is_passed_on(void) {
        uint64_t at = allocated(EfiACPIMemoryNVS, 2), vbt = allocated(EfiACPIMemoryNVS, 1);

        make_opregion(at, 0, vbt + 0x40, 0x100);
        make_vbt((uint8_t *) (uintptr_t) (vbt + 0x40));
        start_at(at);
        check(is_set_up(a) && config(a, ASLS) == at && policy_has("PRESET"));
        (void) disconnect(a);
        check(is_taken(at, 2, EfiACPIMemoryNVS) && is_taken(vbt, 1, EfiACPIMemoryNVS));
        check(BS->FreePages(vbt, 1) == EFI_SUCCESS);

        /* In free memory, which nobody protected. */
        make_vbt((uint8_t *) (uintptr_t) (vbt + 0x40));
        start_at(at);
        check(is_set_up(a) && config(a, ASLS) != at && policy_has("MADE U"));
        (void) disconnect(a);
        check(config(a, ASLS) == at && is_free(vbt, 1, EfiACPIMemoryNVS));

        /* In memory that others use. */
        vbt = allocated(EfiBootServicesData, 1);
        make_opregion(at, 0, vbt, 0x100);
        make_vbt((uint8_t *) (uintptr_t) vbt);
        start_at(at);
        check(is_set_up(a) && config(a, ASLS) != at && policy_has("MADE U"));
        (void) disconnect(a);

        /* Outside memory. */
        make_opregion(at, 0, 0xfed00000, 0x100);
        start_at(at);
        check(is_set_up(a) && config(a, ASLS) != at && policy_has("MADE U"));
        (void) disconnect(a);
        check(BS->FreePages(vbt, 1) == EFI_SUCCESS && BS->FreePages(at, 2) == EFI_SUCCESS);
        return 0;
}

static bool is_filled(uint64_t base) {
        const uint8_t *bytes = (const uint8_t *) (uintptr_t) base;

        return bytes[0] == 0x5a && bytes[0x3ffffff] == 0x5a;
}

static unsigned preset_stolen_memory_is_kept_and_not_zeroed(void) {
        EFI_PHYSICAL_ADDRESS at = FREE;

        preset(a, ASLS, 0);
        preset(a, BDSM, at);
        memset((void *) (uintptr_t) at, 0x5a, 64 * MIB);
        (void) connect(a);
        check(is_set_up(a) && config(a, BDSM) == at && is_taken(at, 0x4000, EfiReservedMemoryType) && is_filled(at));
        (void) disconnect(a);
        check(config(a, BDSM) == at && is_free(at, 0x4000, EfiReservedMemoryType));

        check(BS->AllocatePages(AllocateAddress, EfiReservedMemoryType, 0x4000, &at) == EFI_SUCCESS);
        memset((void *) (uintptr_t) at, 0x5a, 64 * MIB);
        (void) connect(a);
        check(is_set_up(a) && config(a, BDSM) == at && is_filled(at));
        (void) disconnect(a);
        check(is_taken(at, 0x4000, EfiReservedMemoryType) && BS->FreePages(at, 0x4000) == EFI_SUCCESS);
        preset(a, BDSM, 0);
        return 0;
}

/* What a warm reboot leaves, after the firmware has used the memory. */
static unsigned preset_stolen_memory_of_others_is_not_used(void) {
        EFI_PHYSICAL_ADDRESS at = FREE + 32 * MIB;
        uint64_t stolen;

        check(BS->AllocatePages(AllocateAddress, EfiBootServicesData, 1, &at) == EFI_SUCCESS);
        preset(a, BDSM, FREE);
        (void) connect(a);
        stolen = config(a, BDSM);
        check(is_set_up(a) && stolen != FREE && is_taken(stolen, 0x4000, EfiReservedMemoryType) && policy_has("MADE U"));
        check(reported(STEP_STOLEN, OUTCOME_STALE, FREE, 64 * MIB));
        (void) disconnect(a);
        check(config(a, BDSM) == FREE && BS->FreePages(at, 1) == EFI_SUCCESS);
        preset(a, BDSM, 0);
        return 0;
}

/* Registers that are not emulated: those of the host. */
static EFI_PCI_IO_CONFIG really_write;
static uint32_t read_only[2]; /* offsets */
static unsigned written;      /* how often ASLS or BDSM was written */

static EFI_STATUS EFIAPI write_config(
        EFI_PCI_IO_PROTOCOL *pci, EFI_PCI_IO_WIDTH width, uint32_t offset, size_t count, void *values) {
        written += offset == ASLS || offset == BDSM;
        if (offset == read_only[0] || offset == read_only[1])
                return EFI_SUCCESS;
        return really_write(pci, width, offset, count, values);
}

/* Starts the driver on a device whose registers have these values. */
static void start_raw(uint32_t asls, uint32_t bdsm, uint32_t read_only_0, uint32_t read_only_1) {
        read_only[0] = read_only[1] = UINT32_MAX;
        preset(a, ASLS, asls);
        preset(a, BDSM, bdsm);
        preset(a, GGC, 0x0200); /* 64 MiB */
        written = 0;
        read_only[0] = read_only_0;
        read_only[1] = read_only_1;
        (void) connect(a);
}

static unsigned stop_raw(uint32_t asls, uint32_t bdsm) {
        (void) disconnect(a);
        check(!is_marked(a) && config(a, ASLS) == asls && config(a, BDSM) == bdsm);
        return 0;
}

/* Observed: a laptop's ASLS, which is not on a page, and its BDSM. */
#define HOSTS_ASLS 0x7ab12018
#define HOSTS_BDSM 0x7c800000

static unsigned locked_bdsm_is_left_alone(void) {
        start_raw(HOSTS_ASLS, HOSTS_BDSM | 1, BDSM, UINT32_MAX);
        check(is_marked(a) && written == 0 && policy() == NULL && config(a, BDSM) == (HOSTS_BDSM | 1) && config(a, ASLS) == HOSTS_ASLS);
        check(reported(STEP_STOLEN, OUTCOME_NOT_EMULATED, HOSTS_BDSM, /* locked */ 1));
        check(reported(STEP_OPREGION, OUTCOME_HOSTS, HOSTS_ASLS, 0) && reported(STEP_OPREGION, OUTCOME_NOT_EMULATED, HOSTS_ASLS, 0));
        check(reported(STEP_GOP_POLICY, OUTCOME_WITHHELD, 0, 0));
        check(is_free(HOSTS_BDSM, 16, EfiReservedMemoryType));
        return stop_raw(HOSTS_ASLS, HOSTS_BDSM | 1);
}

static unsigned locked_bdsm_of_zero_is_left_alone(void) {
        start_raw(0, 1, BDSM, UINT32_MAX);
        check(is_marked(a) && written == 0 && policy() == NULL && reported(STEP_STOLEN, OUTCOME_NOT_EMULATED, 0, /* locked */ 1));
        return stop_raw(0, 1);
}

/* Above the guest's low memory, where firmware reserves memory for the configuration of PCI Express and the like. */
static unsigned bdsm_outside_memory_is_left_alone(void) {
        start_raw(HOSTS_ASLS, 0xe4000000, UINT32_MAX, UINT32_MAX);
        check(is_marked(a) && written == 0 && policy() == NULL && reported(STEP_STOLEN, OUTCOME_NOT_EMULATED, 0xe4000000, /* outside */ 2));
        return stop_raw(HOSTS_ASLS, 0xe4000000);
}

static unsigned bdsm_that_keeps_its_value_is_not_emulated(void) {
        EFI_PHYSICAL_ADDRESS at = HOSTS_BDSM;

        start_raw(HOSTS_ASLS, 0, BDSM, ASLS);
        check(is_marked(a) && config(a, ASLS) == HOSTS_ASLS && policy() == NULL);
        check(reported(STEP_STOLEN, OUTCOME_NOT_EMULATED, 0, /* keeps its value */ 3));
        check(reported(STEP_OPREGION, OUTCOME_NOT_EMULATED, HOSTS_ASLS, 0));
        unsigned line = stop_raw(HOSTS_ASLS, 0);
        if (line != 0)
                return line;

        /* In the guest's memory, of which the firmware uses a part: as after a reboot, until it is written. */
        check(BS->AllocatePages(AllocateAddress, EfiBootServicesData, 1, &at) == EFI_SUCCESS);
        start_raw(HOSTS_ASLS, HOSTS_BDSM, BDSM, ASLS);
        check(policy() == NULL && config(a, ASLS) == HOSTS_ASLS && reported(STEP_STOLEN, OUTCOME_NOT_EMULATED, HOSTS_BDSM, 3));
        check(BS->FreePages(at, 1) == EFI_SUCCESS);
        return stop_raw(HOSTS_ASLS, HOSTS_BDSM);
}

/* It is then the guest's memory that a GOP draws into, but nothing shows that ASLS is the guest's. */
static unsigned bdsm_of_the_host_in_free_memory_does_not_make_asls_the_guests(void) {
        start_raw(HOSTS_ASLS, HOSTS_BDSM, BDSM, UINT32_MAX);
        check(is_marked(a) && config(a, ASLS) == HOSTS_ASLS && is_taken(HOSTS_BDSM, 16, EfiReservedMemoryType) && policy_has("MADE U"));
        check(reported(STEP_OPREGION, OUTCOME_NOT_EMULATED, HOSTS_ASLS, 0x3800));
        return stop_raw(HOSTS_ASLS, HOSTS_BDSM);
}

/* As bhyve does, which emulates both registers and keeps the host's lock bit. */
static unsigned locked_bdsm_beside_a_reserved_opregion_is_the_guests(void) {
        uint64_t region = allocated(EfiACPIMemoryNVS, 3), stolen = allocated(EfiReservedMemoryType, 0x4100);
        uint32_t base = (uint32_t) ((stolen + MIB - 1) / MIB * MIB);

        make_opregion(region, 1, OPREGION_SIZE, 0x100);
        start_raw((uint32_t) region, base | 1, UINT32_MAX, UINT32_MAX);
        check(is_marked(a) && written == 0 && policy_has("PRESET") && config(a, BDSM) == (base | 1));
        check(reported(STEP_STOLEN, OUTCOME_KEPT, base, 64 * MIB) && reported(STEP_OPREGION, OUTCOME_KEPT, region, 0x2100));
        unsigned line = stop_raw((uint32_t) region, base | 1);
        check(BS->FreePages(region, 3) == EFI_SUCCESS && BS->FreePages(stolen, 0x4100) == EFI_SUCCESS);
        return line;
}

static unsigned registers_that_hold_what_is_written_are_emulated(void) {
        start_raw(0, 0, UINT32_MAX, UINT32_MAX);
        check(is_set_up(a) && policy_has("MADE U"));
        return stop_raw(0, 0);
}

/* With the ROM's permission. */
static unsigned asls_of_the_host_is_written(void) {
        start_raw(HOSTS_ASLS, HOSTS_BDSM | 1, BDSM, UINT32_MAX);
        check(is_marked(a) && policy() == NULL && config(a, ASLS) != HOSTS_ASLS && config(a, BDSM) == (HOSTS_BDSM | 1));
        check(memcmp((const void *) (uintptr_t) config(a, ASLS), "IntelGraphicsMem", 16) == 0);
        check(reported(STEP_OPREGION, OUTCOME_HOSTS, HOSTS_ASLS, 0) && reported(STEP_OPREGION, OUTCOME_FROM_ROM, config(a, ASLS), 0x3800));
        check(reported(STEP_GOP_POLICY, OUTCOME_WITHHELD, 0, 0));
        return stop_raw(HOSTS_ASLS, HOSTS_BDSM | 1);
}

/* Boot services that fail on demand. */
static EFI_STATUS(EFIAPI *really_close)(EFI_HANDLE, const EFI_GUID *, EFI_HANDLE, EFI_HANDLE);
static EFI_STATUS(EFIAPI *really_uninstall)(EFI_HANDLE, const EFI_GUID *, void *);

static EFI_STATUS EFIAPI fail_to_close(EFI_HANDLE handle, const EFI_GUID *guid, EFI_HANDLE agent, EFI_HANDLE controller) {
        return memcmp(guid, &setup_guid, sizeof *guid) == 0 ? EFI_ACCESS_DENIED : really_close(handle, guid, agent, controller);
}

static EFI_STATUS EFIAPI fail_to_uninstall_mark(EFI_HANDLE handle, const EFI_GUID *guid, void *interface) {
        return memcmp(guid, &setup_guid, sizeof *guid) == 0 ? EFI_ACCESS_DENIED : really_uninstall(handle, guid, interface);
}

static EFI_STATUS EFIAPI fail_to_uninstall_policy(EFI_HANDLE handle, const EFI_GUID *guid, void *interface) {
        return memcmp(guid, &policy_guid, sizeof *guid) == 0 ? EFI_ACCESS_DENIED : really_uninstall(handle, guid, interface);
}

static unsigned stop_that_fails_changes_nothing(void) {
        uint32_t region = config(a, ASLS), stolen = config(a, BDSM);
        EFI_HANDLE driver = driver_of(a);

        really_close = BS->CloseProtocol;
        really_uninstall = BS->UninstallProtocolInterface;
        for (unsigned failure = 0; failure < 3; failure++) {
                if (failure == 0)
                        BS->CloseProtocol = fail_to_close;
                else
                        BS->UninstallProtocolInterface = failure == 1 ? fail_to_uninstall_mark : fail_to_uninstall_policy;
                EFI_STATUS err = disconnect(a);
                BS->CloseProtocol = really_close;
                BS->UninstallProtocolInterface = really_uninstall;
                check(err != EFI_SUCCESS && is_set_up(a) && driver_of(a) == driver && policy_has("MADE U"));
                check(config(a, ASLS) == region && config(a, BDSM) == stolen);
        }
        return stop_undoes_start();
}

static void try(const char *name, unsigned (*trial)(void)) {
        unsigned line = trial();

        say("model: ");
        say(name);
        if (line != 0) {
                char digits[] = { ' ', (char) ('0' + line / 100 % 10), (char) ('0' + line / 10 % 10), (char) ('0' + line % 10), 0 };
                say(" fails in line");
                say(digits);
        }
        say("\n");
}
#define TRY(trial) try(#trial, trial)

EFI_STATUS EFIAPI efi_main(EFI_HANDLE image, EFI_SYSTEM_TABLE *system) {
        EFI_HANDLE *roots;
        size_t count;

        BS = system->BootServices;
        RT = system->RuntimeServices;
        gop.ImageHandle = gop.DriverBindingHandle = image;
        if (BS->InstallProtocolInterface(&image, &binding_guid, EFI_NATIVE_INTERFACE, &gop) != EFI_SUCCESS ||
            BS->LocateHandleBuffer(ByProtocol, &root_guid, /* SearchKey= */ NULL, &count, &roots) != EFI_SUCCESS)
                return EFI_UNSUPPORTED;
        root = roots[0];

        TRY(find);
        if (TRIALS == 1) {
                (void) disconnect(a);
                (void) disconnect(b);
                really_write = pci_of(a)->PciWrite;
                pci_of(a)->PciWrite = write_config;
                TRY(locked_bdsm_is_left_alone);
                TRY(locked_bdsm_of_zero_is_left_alone);
                TRY(bdsm_outside_memory_is_left_alone);
                TRY(bdsm_that_keeps_its_value_is_not_emulated);
                TRY(bdsm_of_the_host_in_free_memory_does_not_make_asls_the_guests);
                TRY(locked_bdsm_beside_a_reserved_opregion_is_the_guests);
                TRY(registers_that_hold_what_is_written_are_emulated);
        } else if (TRIALS == 2) {
                (void) disconnect(a);
                (void) disconnect(b);
                really_write = pci_of(a)->PciWrite;
                pci_of(a)->PciWrite = write_config;
                TRY(asls_of_the_host_is_written);
        } else if (policy() == NULL)
                TRY(preset_without_a_vbt_is_kept);
        else {
                TRY(all_entries_of_two_devices_are_reported);
                TRY(stop_undoes_start);
                (void) disconnect(a);
                TRY(preset_stolen_memory_is_kept_and_not_zeroed);
                TRY(preset_stolen_memory_of_others_is_not_used);
                TRY(preset_in_free_memory_is_refreshed);
                TRY(preset_without_room_for_a_fresh_copy_is_moved);
                TRY(preset_in_reserved_memory_stays_reserved);
                TRY(preset_in_partly_free_memory_is_stale);
                TRY(preset_without_a_vbt_is_replaced);
                TRY(vbt_at_an_absolute_address_is_passed_on);
                start_at(0);
                TRY(stop_that_fails_changes_nothing);
                TRY(device_that_a_gop_uses_is_not_stopped);
                TRY(policy_that_a_gop_of_another_device_uses_stays);
                TRY(bus_is_enumerated_again);
                TRY(driver_whose_device_is_gone_is_stopped);
                TRY(driver_whose_device_is_gone_is_unloaded);
        }
        say("model: done\n");
        RT->ResetSystem(EfiResetShutdown, EFI_SUCCESS, 0, NULL);
        return EFI_SUCCESS;
}
