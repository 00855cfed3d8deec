/* Spec: UEFI 2.11, "EFI System Table", "EFI Boot Services Table": the members that are used. */
#pragma once

#include "base.h"

#define EFIAPI __attribute__((ms_abi))

typedef uint64_t EFI_STATUS;
typedef void *EFI_HANDLE;
typedef void *EFI_EVENT;
typedef void(EFIAPI *EFI_EVENT_NOTIFY)(EFI_EVENT, void *context);
typedef uint64_t EFI_PHYSICAL_ADDRESS;

#define EFI_SUCCESS 0ULL
#define EFI_ERROR_BIT (1ULL << 63)
#define EFI_UNSUPPORTED (EFI_ERROR_BIT | 3)
#define EFI_BUFFER_TOO_SMALL (EFI_ERROR_BIT | 5)
#define EFI_DEVICE_ERROR (EFI_ERROR_BIT | 7)
#define EFI_OUT_OF_RESOURCES (EFI_ERROR_BIT | 9)
#define EFI_NOT_FOUND (EFI_ERROR_BIT | 14)
#define EFI_ACCESS_DENIED (EFI_ERROR_BIT | 15)
#define EFI_ALREADY_STARTED (EFI_ERROR_BIT | 20)

typedef struct EFI_GUID {
        uint32_t a;
        uint16_t b, c;
        uint8_t d[8];
} EFI_GUID;

typedef enum { AllocateAnyPages, AllocateMaxAddress, AllocateAddress } EFI_ALLOCATE_TYPE;
typedef enum { EfiReservedMemoryType = 0, EfiBootServicesData = 4, EfiACPIMemoryNVS = 10 } EFI_MEMORY_TYPE;

#define TPL_CALLBACK 8U
#define EVT_NOTIFY_SIGNAL 0x200U
#define EFI_NATIVE_INTERFACE 0
#define ByProtocol 2
#define EFI_OPEN_PROTOCOL_GET_PROTOCOL 2U
#define EFI_OPEN_PROTOCOL_BY_DRIVER 0x10U
#define EFI_VARIABLE_BOOTSERVICE_ACCESS 2U
#define EFI_VARIABLE_RUNTIME_ACCESS 4U

typedef struct EFI_TABLE_HEADER {
        uint64_t signature;
        uint32_t revision, size, crc, reserved;
} EFI_TABLE_HEADER;

/* One user of a protocol. */
typedef struct EFI_OPEN_PROTOCOL_INFORMATION_ENTRY {
        EFI_HANDLE AgentHandle, ControllerHandle;
        uint32_t Attributes, OpenCount;
} EFI_OPEN_PROTOCOL_INFORMATION_ENTRY;

typedef struct EFI_BOOT_SERVICES {
        EFI_TABLE_HEADER header;
        size_t(EFIAPI *RaiseTPL)(size_t tpl);
        void(EFIAPI *RestoreTPL)(size_t tpl);
        EFI_STATUS(EFIAPI *AllocatePages)(EFI_ALLOCATE_TYPE, EFI_MEMORY_TYPE, size_t pages, EFI_PHYSICAL_ADDRESS *);
        EFI_STATUS(EFIAPI *FreePages)(EFI_PHYSICAL_ADDRESS, size_t pages);
        EFI_STATUS(EFIAPI *GetMemoryMap)(size_t *size, void *map, size_t *key, size_t *stride, uint32_t *version);
        EFI_STATUS(EFIAPI *AllocatePool)(EFI_MEMORY_TYPE, size_t, void **);
        EFI_STATUS(EFIAPI *FreePool)(void *);
        EFI_STATUS(EFIAPI *CreateEvent)(uint32_t type, size_t tpl, EFI_EVENT_NOTIFY, void *context, EFI_EVENT *);
        void *_pad1[2];
        EFI_STATUS(EFIAPI *SignalEvent)(EFI_EVENT);
        EFI_STATUS(EFIAPI *CloseEvent)(EFI_EVENT);
        void *_pad2;
        EFI_STATUS(EFIAPI *InstallProtocolInterface)(EFI_HANDLE *, const EFI_GUID *, int, void *);
        void *_pad3;
        EFI_STATUS(EFIAPI *UninstallProtocolInterface)(EFI_HANDLE, const EFI_GUID *, void *);
        EFI_STATUS(EFIAPI *HandleProtocol)(EFI_HANDLE, const EFI_GUID *, void **);
        void *_pad4[3];
        EFI_STATUS(EFIAPI *LocateDevicePath)(const EFI_GUID *, void **path, EFI_HANDLE *);
        void *_pad5[4];
        EFI_STATUS(EFIAPI *UnloadImage)(EFI_HANDLE);
        EFI_STATUS(EFIAPI *ExitBootServices)(EFI_HANDLE, size_t key);
        void *_pad6;
        EFI_STATUS(EFIAPI *Stall)(size_t microseconds);
        void *_pad7;
        EFI_STATUS(EFIAPI *ConnectController)(EFI_HANDLE, EFI_HANDLE *drivers, void *path, bool recursive);
        EFI_STATUS(EFIAPI *DisconnectController)(EFI_HANDLE, EFI_HANDLE driver, EFI_HANDLE child);
        EFI_STATUS(EFIAPI *OpenProtocol)(EFI_HANDLE, const EFI_GUID *, void **, EFI_HANDLE agent, EFI_HANDLE controller, uint32_t);
        EFI_STATUS(EFIAPI *CloseProtocol)(EFI_HANDLE, const EFI_GUID *, EFI_HANDLE agent, EFI_HANDLE controller);
        EFI_STATUS(EFIAPI *OpenProtocolInformation)(EFI_HANDLE, const EFI_GUID *, EFI_OPEN_PROTOCOL_INFORMATION_ENTRY **, size_t *count);
        void *_pad8;
        EFI_STATUS(EFIAPI *LocateHandleBuffer)(int, const EFI_GUID *, void *key, size_t *count, EFI_HANDLE **);
        EFI_STATUS(EFIAPI *LocateProtocol)(const EFI_GUID *, void *registration, void **);
} EFI_BOOT_SERVICES;

assert_cc(sizeof(bool) == 1);
assert_cc(offsetof(EFI_BOOT_SERVICES, AllocatePages) == 40);
assert_cc(offsetof(EFI_BOOT_SERVICES, CreateEvent) == 80);
assert_cc(offsetof(EFI_BOOT_SERVICES, SignalEvent) == 104);
assert_cc(offsetof(EFI_BOOT_SERVICES, InstallProtocolInterface) == 128);
assert_cc(offsetof(EFI_BOOT_SERVICES, LocateProtocol) == 320);
assert_cc(offsetof(EFI_BOOT_SERVICES, HandleProtocol) == 152);
assert_cc(offsetof(EFI_BOOT_SERVICES, LocateDevicePath) == 184);
assert_cc(offsetof(EFI_BOOT_SERVICES, UnloadImage) == 224);
assert_cc(offsetof(EFI_BOOT_SERVICES, ExitBootServices) == 232);
assert_cc(offsetof(EFI_BOOT_SERVICES, Stall) == 248);
assert_cc(offsetof(EFI_BOOT_SERVICES, DisconnectController) == 272);
assert_cc(offsetof(EFI_BOOT_SERVICES, OpenProtocol) == 280);
assert_cc(offsetof(EFI_BOOT_SERVICES, OpenProtocolInformation) == 296);

typedef enum { EfiResetCold, EfiResetWarm, EfiResetShutdown } EFI_RESET_TYPE;

typedef struct EFI_RUNTIME_SERVICES {
        EFI_TABLE_HEADER header;
        void *_pad0[6];
        EFI_STATUS(EFIAPI *GetVariable)(const uint16_t *, const EFI_GUID *, uint32_t *, size_t *, void *);
        void *_pad1;
        EFI_STATUS(EFIAPI *SetVariable)(const uint16_t *, const EFI_GUID *, uint32_t, size_t, const void *);
        void *_pad2;
        void(EFIAPI *ResetSystem)(EFI_RESET_TYPE, EFI_STATUS, size_t, void *);
} EFI_RUNTIME_SERVICES;

assert_cc(offsetof(EFI_RUNTIME_SERVICES, GetVariable) == 72);
assert_cc(offsetof(EFI_RUNTIME_SERVICES, SetVariable) == 88);
assert_cc(offsetof(EFI_RUNTIME_SERVICES, ResetSystem) == 104);

/* Spec: UEFI 2.11, "Simple Text Output Protocol". */
typedef struct EFI_SIMPLE_TEXT_OUTPUT_PROTOCOL EFI_SIMPLE_TEXT_OUTPUT_PROTOCOL;
struct EFI_SIMPLE_TEXT_OUTPUT_PROTOCOL {
        void *_pad0;
        EFI_STATUS(EFIAPI *OutputString)(EFI_SIMPLE_TEXT_OUTPUT_PROTOCOL *, const uint16_t *);
        void *_pad1[4];
        EFI_STATUS(EFIAPI *ClearScreen)(EFI_SIMPLE_TEXT_OUTPUT_PROTOCOL *);
};

assert_cc(offsetof(EFI_SIMPLE_TEXT_OUTPUT_PROTOCOL, ClearScreen) == 48);

typedef struct EFI_SYSTEM_TABLE {
        EFI_TABLE_HEADER header;
        const uint16_t *FirmwareVendor;
        uint32_t FirmwareRevision;
        void *_pad0[3];
        EFI_SIMPLE_TEXT_OUTPUT_PROTOCOL *ConOut;
        void *_pad1[2];
        EFI_RUNTIME_SERVICES *RuntimeServices;
        EFI_BOOT_SERVICES *BootServices;
} EFI_SYSTEM_TABLE;

assert_cc(offsetof(EFI_SYSTEM_TABLE, ConOut) == 64);
assert_cc(offsetof(EFI_SYSTEM_TABLE, RuntimeServices) == 88);

/* Set by the entry point. */
extern EFI_BOOT_SERVICES *BS;
extern EFI_RUNTIME_SERVICES *RT;
