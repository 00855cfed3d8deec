/*
 * An EFI application that reports to the bench what the guest has after its drivers ran. QEMU's -kernel starts it; it writes a
 * report to a debug port, calls ExitBootServices as an operating system does, and reports again what is left, without the
 * firmware's help. The format of the reports is in igdrom.bench.witness.Witness.
 */
#include "crc32.h"
#include "ports.h"
#include "report_variable.h"
#include "proto/driver.h"
#include "proto/gop_policy.h"
#include "proto/graphics.h"
#include "proto/pci_io.h"

#define PORT 0x5a0
/* Source: QEMU, hw/char/debugcon.c: the port reads this when a console is there. */
#define PORT_ANSWER 0xe9

#define VERSION 1U
#define REPORT_PAGES 64U
#define REPORT_MAX (REPORT_PAGES * 4096U)
#define HEADER 16U
#define RECORD_HEADER 8U

/* Limits of what is reported. */
#define MAX_HANDLES 256U
#define MAX_PATH 128U
#define MAX_VARIABLE (16U * KIB)
#define MAX_VENDOR 64U

#define MAX_DISPLAYS 8U

/* The bench may wait for a picture meanwhile, on a busy machine for long. */
#define MAX_WAIT 300000U /* milliseconds */

/* A driver may allocate or free memory when it learns of the exit, which then fails: the caller has to try again. */
#define EXIT_TRIES 8U

/* Spec: PCI Local Bus 3.0, "Configuration Mechanism #1". */
#define CONFIG_ADDRESS 0xcf8
#define CONFIG_DATA 0xcfc
#define CONFIG_ENABLE (1U << 31)

#define NOWHERE UINT32_MAX

typedef enum Record {
        RECORD_FIRMWARE = 1,
        RECORD_MEMORY,
        RECORD_FUNCTION,
        RECORD_GRAPHICS,
        RECORD_IMAGE,
        RECORD_VARIABLE,
        RECORD_POLICY,
        RECORD_MIRROR,
        RECORD_END,
        RECORD_EXIT,
} Record;

#define EFI_DEVICE_PATH_PROTOCOL_GUID { 0x09576e91, 0x6d3f, 0x11d2, { 0x8e, 0x39, 0x00, 0xa0, 0xc9, 0x69, 0x72, 0x3b } }

EFI_BOOT_SERVICES *BS;
EFI_RUNTIME_SERVICES *RT;

static EFI_GUID pci_io_guid = EFI_PCI_IO_PROTOCOL_GUID;
static EFI_GUID graphics_guid = EFI_GRAPHICS_OUTPUT_PROTOCOL_GUID;
static EFI_GUID path_guid = EFI_DEVICE_PATH_PROTOCOL_GUID;
static EFI_GUID loaded_image_guid = EFI_LOADED_IMAGE_PROTOCOL_GUID;
static EFI_GUID policy_guid = PLATFORM_GOP_POLICY_GUID;
static const uint16_t variable_name[] = REPORT_VARIABLE_NAME;
static const EFI_GUID variable_guid = REPORT_VARIABLE_GUID;

/* The locations of the display controllers, for the time when no protocol lists them. */
static uint32_t displays[MAX_DISPLAYS];
static size_t display_count;

/* The UEFI memory map as it was read last. */
static uint8_t map[16 * KIB];
static size_t map_size, map_stride;

static uint8_t *report;
static size_t used, record_start;
static uint32_t lost; /* records that did not fit */
static bool open;

/* A record is written field by field; one that does not fit is removed as a whole. */
static void put(const void *bytes, size_t size) {
        if (!open)
                return;
        /* Keeps room for the last record. */
        if (!range_ok(used, size, REPORT_MAX - 64)) {
                open = false;
                used = record_start;
                lost++;
                return;
        }
        memcpy(report + used, bytes, size);
        used += size;
}

static void put32(uint32_t value) {
        uint8_t bytes[4];

        write_u32(bytes, value);
        put(bytes, sizeof bytes);
}

static void put64(uint64_t value) {
        uint8_t bytes[8];

        write_u64(bytes, value);
        put(bytes, sizeof bytes);
}

static void begin(Record record) {
        record_start = used;
        open = true;
        put32((uint32_t) record);
        put32(0);
}

static void end(void) {
        if (open)
                write_u32(report + record_start + 4, (uint32_t) (used - record_start - RECORD_HEADER));
        open = false;
}

/* Segment, bus, device and function of the PCI function that this handle is, or NOWHERE. */
static uint32_t location(EFI_HANDLE handle) {
        EFI_PCI_IO_PROTOCOL *pci;
        size_t segment, bus, device, function;

        if (handle == NULL || BS->HandleProtocol(handle, &pci_io_guid, (void **) &pci) != EFI_SUCCESS ||
            pci->GetLocation(pci, &segment, &bus, &device, &function) != EFI_SUCCESS)
                return NOWHERE;
        return (uint32_t) (segment & 0x7fff) << 16 | (uint32_t) (bus & 0xff) << 8 | (uint32_t) (device & 0x1f) << 3 |
               (uint32_t) (function & 7);
}

/* The location of the PCI function above this handle in its device path, or NOWHERE. */
static uint32_t location_of_parent(EFI_HANDLE handle) {
        void *path;
        EFI_HANDLE above;

        if (BS->HandleProtocol(handle, &path_guid, &path) != EFI_SUCCESS ||
            BS->LocateDevicePath(&pci_io_guid, &path, &above) != EFI_SUCCESS)
                return NOWHERE;
        return location(above);
}

/* The size of a device path without nodes beyond MAX_PATH. */
static size_t path_size(const uint8_t *path) {
        size_t size = 0;

        if (path == NULL)
                return 0;
        while (size + 4 <= MAX_PATH) {
                size_t node = read_u16(path + size + 2);
                if (node < 4 || node > MAX_PATH - size)
                        return size;
                size += node;
                if (path[size - node] == 0x7f)
                        return size;
        }
        return size;
}

static void record_firmware(const EFI_SYSTEM_TABLE *system) {
        size_t length = 0;

        begin(RECORD_FIRMWARE);
        put32(system->FirmwareRevision);
        while (system->FirmwareVendor != NULL && length < MAX_VENDOR && system->FirmwareVendor[length] != 0)
                length++;
        put(system->FirmwareVendor, length * sizeof(uint16_t));
        end();
}

static EFI_STATUS read_map(size_t *ret_key) {
        uint32_t version;
        EFI_STATUS err;

        map_size = sizeof map;
        map_stride = 0;
        err = BS->GetMemoryMap(&map_size, map, ret_key, &map_stride, &version);
        if (err != EFI_SUCCESS || map_stride < 40 || map_size > sizeof map)
                map_size = 0;
        return err;
}

/* The whole memory map: type, start, pages and attributes of each entry. */
static void record_memory(void) {
        begin(RECORD_MEMORY);
        for (size_t at = 0; at + map_stride <= map_size; at += map_stride) {
                put32(read_u32(map + at));
                put64(read_u64(map + at + 8));
                put64(read_u64(map + at + 24));
                put64(read_u64(map + at + 32));
        }
        end();
}

static void record_function(EFI_HANDLE handle) {
        EFI_PCI_IO_PROTOCOL *pci;
        uint32_t config[64];

        if (BS->HandleProtocol(handle, &pci_io_guid, (void **) &pci) != EFI_SUCCESS ||
            pci->PciRead(pci, EfiPciIoWidthUint32, /* Offset= */ 0, ELEMENTS(config), config) != EFI_SUCCESS)
                return;
        begin(RECORD_FUNCTION);
        put32(location(handle));
        put(config, sizeof config);
        end();
        if (config[2] >> 24 == 0x03 && location(handle) < 1U << 16 && display_count < MAX_DISPLAYS)
                displays[display_count++] = location(handle);
}

/* The same by the ports of the chipset. */
static void record_display(uint32_t location) {
        begin(RECORD_FUNCTION);
        put32(location);
        for (uint32_t offset = 0; offset < 256; offset += 4) {
                port_out32(CONFIG_ADDRESS, CONFIG_ENABLE | location << 8 | offset);
                put32(port_in32(CONFIG_DATA));
        }
        end();
}

/* What BAR0 of a display controller shows for GGC and for the base of stolen memory. */
static void record_mirror(EFI_HANDLE handle) {
        EFI_PCI_IO_PROTOCOL *pci;
        uint32_t class, shown[3] = {};
        uint64_t attributes;
        EFI_STATUS err;

        if (BS->HandleProtocol(handle, &pci_io_guid, (void **) &pci) != EFI_SUCCESS ||
            pci->PciRead(pci, EfiPciIoWidthUint32, 8, 1, &class) != EFI_SUCCESS || class >> 24 != 0x03 ||
            pci->Attributes(pci, EfiPciIoAttributeOperationGet, 0, &attributes) != EFI_SUCCESS)
                return;
        err = pci->Attributes(pci, EfiPciIoAttributeOperationEnable, EFI_PCI_IO_ATTRIBUTE_MEMORY, NULL);
        if (err == EFI_SUCCESS) {
                err = pci->MemRead(pci, EfiPciIoWidthUint32, /* bar= */ 0, 0x108040, 1, shown);
                if (err == EFI_SUCCESS)
                        err = pci->MemRead(pci, EfiPciIoWidthUint32, /* bar= */ 0, 0x1080c0, 2, shown + 1);
                (void) pci->Attributes(pci, EfiPciIoAttributeOperationSet, attributes, NULL);
        }
        begin(RECORD_MIRROR);
        put32(location(handle));
        put64(err);
        put(shown, sizeof shown);
        end();
}

static void record_graphics(EFI_HANDLE handle) {
        EFI_GRAPHICS_OUTPUT_PROTOCOL *graphics;
        uint32_t above = location_of_parent(handle);

        if (BS->HandleProtocol(handle, &graphics_guid, (void **) &graphics) != EFI_SUCCESS || graphics->Mode == NULL ||
            graphics->Mode->Info == NULL)
                return;
        const EFI_GRAPHICS_OUTPUT_PROTOCOL_MODE *mode = graphics->Mode;
        begin(RECORD_GRAPHICS);
        put32(above);
        put32(mode->Mode);
        put32(mode->MaxMode);
        put32(mode->Info->HorizontalResolution);
        put32(mode->Info->VerticalResolution);
        put32(mode->Info->PixelFormat);
        put32(mode->Info->PixelsPerScanLine);
        put64(mode->FrameBufferBase);
        put64(mode->FrameBufferSize);
        end();
}

/* Images from the ROM of a PCI device, with the device path, which says where in the ROM they are. */
static void record_image(EFI_HANDLE handle) {
        EFI_LOADED_IMAGE_PROTOCOL *image;
        uint32_t device;

        if (BS->HandleProtocol(handle, &loaded_image_guid, (void **) &image) != EFI_SUCCESS)
                return;
        device = location(image->DeviceHandle);
        if (device == NOWHERE)
                return;
        begin(RECORD_IMAGE);
        put32(device);
        put32(image->ImageCodeType);
        put64((uintptr_t) image->ImageBase);
        put64(image->ImageSize);
        put(image->FilePath, path_size(image->FilePath));
        end();
}

static void record_variable(void) {
        static uint8_t value[MAX_VARIABLE];
        size_t size = sizeof value;
        uint32_t attributes = 0;
        EFI_STATUS err = RT->GetVariable(variable_name, &variable_guid, &attributes, &size, value);

        begin(RECORD_VARIABLE);
        put64(err);
        put32(attributes);
        if (err == EFI_SUCCESS && size <= sizeof value)
                put(value, size);
        end();
}

/* Some policies write through the argument, which real GOPs pass by value: an address serves both. */
typedef EFI_STATUS(EFIAPI *DockStatus)(uint32_t *status);

/* What a GOP would get. */
static void record_policy(EFI_HANDLE handle) {
        PLATFORM_GOP_POLICY *policy;
        EFI_PHYSICAL_ADDRESS vbt = 0;
        uint32_t size = 0, lid = 0, dock = 0;
        EFI_STATUS vbt_status, lid_status, dock_status = EFI_UNSUPPORTED;

        if (BS->HandleProtocol(handle, &policy_guid, (void **) &policy) != EFI_SUCCESS)
                return;
        vbt_status = policy->GetVbtData == NULL ? EFI_UNSUPPORTED : policy->GetVbtData(&vbt, &size);
        lid_status = policy->GetPlatformLidStatus == NULL ? EFI_UNSUPPORTED : policy->GetPlatformLidStatus(&lid);
        if (policy->GetPlatformDockStatus != NULL)
                dock_status = ((DockStatus) (void *) policy->GetPlatformDockStatus)(&dock);
        begin(RECORD_POLICY);
        put32(policy->Revision);
        put32(lid);
        put64(lid_status);
        put64(dock_status);
        put64(vbt_status);
        put64(vbt);
        put32(size);
        end();
}

static void for_each(const EFI_GUID *protocol, void (*record)(EFI_HANDLE)) {
        EFI_HANDLE *handles;
        size_t count;

        if (BS->LocateHandleBuffer(ByProtocol, protocol, /* SearchKey= */ NULL, &count, &handles) != EFI_SUCCESS)
                return;
        if (count > MAX_HANDLES) {
                lost += (uint32_t) (count - MAX_HANDLES);
                count = MAX_HANDLES;
        }
        for (size_t i = 0; i < count; i++)
                record(handles[i]);
        (void) BS->FreePool(handles);
}

/* The bench sets it when it has read the guest's memory, which may then change again. */
static volatile uint32_t seen;

static void begin_report(void) {
        used = HEADER;
        lost = 0;
        seen = 0;
}

static void send(void) {
        uint8_t *last = report + used;

        write_u32(last, RECORD_END);
        write_u32(last + 4, 16);
        write_u32(last + 8, lost);
        write_u64(last + 12, (uintptr_t) &seen);
        used += RECORD_HEADER + 16;
        write_u32(report + 12, (uint32_t) used);
        write_u32(last + 20, crc32(0, report, used - 4));
        for (size_t i = 0; i < used; i++)
                port_out8(PORT, report[i]);
}

/* Everything that the drivers left. */
static void report_everything(const EFI_SYSTEM_TABLE *system) {
        size_t key;

        begin_report();
        record_firmware(system);
        (void) read_map(&key);
        record_memory();
        for_each(&pci_io_guid, record_function);
        for_each(&pci_io_guid, record_mirror);
        for_each(&graphics_guid, record_graphics);
        for_each(&loaded_image_guid, record_image);
        record_variable();
        for_each(&policy_guid, record_policy);
        send();
        for (unsigned milliseconds = 0; milliseconds < MAX_WAIT && seen == 0; milliseconds++)
                (void) BS->Stall(1000);
}

/* From here on there are no boot services, even when this fails. */
static EFI_STATUS exit_boot_services(EFI_HANDLE self) {
        EFI_STATUS err = EFI_UNSUPPORTED;
        size_t key;

        for (unsigned tries = EXIT_TRIES; tries > 0 && err != EFI_SUCCESS; tries--) {
                err = read_map(&key);
                if (err == EFI_SUCCESS)
                        err = BS->ExitBootServices(self, key);
        }
        return err;
}

/* What is left for an operating system. */
static void report_rest(const EFI_SYSTEM_TABLE *system, EFI_STATUS status) {
        begin_report();
        record_firmware(system);
        begin(RECORD_EXIT);
        put64(status);
        end();
        record_memory();
        for (size_t i = 0; i < display_count; i++)
                record_display(displays[i]);
        record_variable();
        send();
        while (seen == 0)
                __asm__ volatile("pause" : : : "memory");
}

/* A picture by the GOP, for the bench to see. */
static void draw(const EFI_SYSTEM_TABLE *system) {
        EFI_SIMPLE_TEXT_OUTPUT_PROTOCOL *console = system->ConOut;

        if (console == NULL)
                return;
        (void) console->ClearScreen(console);
        (void) console->OutputString(console, u"igdrom: the firmware draws this through the GOP of the ROM.\r\n");
}

/* Whether QEMU's -append asks for it. */
static bool is_reboot_requested(EFI_HANDLE self) {
        static const char word[] = "reboot";
        EFI_LOADED_IMAGE_PROTOCOL *image;

        if (BS->HandleProtocol(self, &loaded_image_guid, (void **) &image) != EFI_SUCCESS || image->LoadOptions == NULL ||
            image->LoadOptionsSize < 2 * (sizeof word - 1))
                return false;
        for (size_t i = 0; i < sizeof word - 1; i++)
                if (read_u16(image->LoadOptions + 2 * i) != word[i])
                        return false;
        return true;
}

EFI_STATUS EFIAPI efi_main(EFI_HANDLE self, EFI_SYSTEM_TABLE *system) {
        EFI_PHYSICAL_ADDRESS pages = 0;
        bool reboot;

        BS = system->BootServices;
        RT = system->RuntimeServices;
        if (port_in8(PORT) != PORT_ANSWER)
                return EFI_NOT_FOUND;
        if (BS->AllocatePages(AllocateAnyPages, EfiBootServicesData, REPORT_PAGES, &pages) != EFI_SUCCESS)
                return EFI_OUT_OF_RESOURCES;
        report = (uint8_t *) (uintptr_t) pages;
        memcpy(report, "IGDRWITN", 8);
        write_u32(report + 8, VERSION);
        reboot = is_reboot_requested(self);

        draw(system);
        report_everything(system);
        report_rest(system, exit_boot_services(self));
        if (reboot)
                RT->ResetSystem(EfiResetWarm, EFI_SUCCESS, /* DataSize= */ 0, /* ResetData= */ NULL);
        for (;;)
                __asm__ volatile("pause");
}
