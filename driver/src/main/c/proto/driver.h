/* Spec: UEFI 2.11, "EFI Loaded Image Protocol", "EFI Driver Binding Protocol". */
#pragma once

#include "proto/efi.h"

#define EFI_LOADED_IMAGE_PROTOCOL_GUID { 0x5b1b31a1, 0x9562, 0x11d2, { 0x8e, 0x3f, 0x00, 0xa0, 0xc9, 0x69, 0x72, 0x3b } }
#define EFI_DRIVER_BINDING_PROTOCOL_GUID { 0x18a031ab, 0xb443, 0x4d1a, { 0xa5, 0xc0, 0x0c, 0x09, 0x26, 0x1e, 0x9f, 0x71 } }

typedef struct EFI_LOADED_IMAGE_PROTOCOL {
        void *_pad0[3];
        EFI_HANDLE DeviceHandle;
        const uint8_t *FilePath;
        void *_pad1;
        uint32_t LoadOptionsSize;
        const uint8_t *LoadOptions;
        void *ImageBase;
        uint64_t ImageSize;
        uint32_t ImageCodeType, ImageDataType;
        EFI_STATUS(EFIAPI *Unload)(EFI_HANDLE);
} EFI_LOADED_IMAGE_PROTOCOL;

assert_cc(offsetof(EFI_LOADED_IMAGE_PROTOCOL, LoadOptions) == 56);
assert_cc(offsetof(EFI_LOADED_IMAGE_PROTOCOL, ImageBase) == 64);
assert_cc(offsetof(EFI_LOADED_IMAGE_PROTOCOL, Unload) == 88);

typedef struct EFI_DRIVER_BINDING_PROTOCOL EFI_DRIVER_BINDING_PROTOCOL;
struct EFI_DRIVER_BINDING_PROTOCOL {
        EFI_STATUS(EFIAPI *Supported)(EFI_DRIVER_BINDING_PROTOCOL *, EFI_HANDLE, void *path);
        EFI_STATUS(EFIAPI *Start)(EFI_DRIVER_BINDING_PROTOCOL *, EFI_HANDLE, void *path);
        EFI_STATUS(EFIAPI *Stop)(EFI_DRIVER_BINDING_PROTOCOL *, EFI_HANDLE, size_t children, EFI_HANDLE *);
        uint32_t Version;
        EFI_HANDLE ImageHandle, DriverBindingHandle;
};
