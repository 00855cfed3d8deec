/* Source: edk2-platforms, PlatformGopPolicy.h, except that real GOPs pass the dock status by value. */
#pragma once

#include "proto/efi.h"

#define PLATFORM_GOP_POLICY_GUID { 0xec2e931b, 0x3281, 0x48a5, { 0x81, 0x07, 0xdf, 0x8a, 0x8b, 0xed, 0x3c, 0x5d } }
/* Observed: public firmware has this with three members and with five; the only other value seen is 0x0222. */
#define PLATFORM_GOP_POLICY_REVISION 1U

typedef struct PLATFORM_GOP_POLICY {
        uint32_t Revision;
        EFI_STATUS(EFIAPI *GetPlatformLidStatus)(uint32_t *ret_status);
        EFI_STATUS(EFIAPI *GetVbtData)(EFI_PHYSICAL_ADDRESS *ret_address, uint32_t *ret_size);
        EFI_STATUS(EFIAPI *GetPlatformDockStatus)(uint32_t status);
        EFI_GUID GopOverrideGuid;
} PLATFORM_GOP_POLICY;

assert_cc(offsetof(PLATFORM_GOP_POLICY, GetVbtData) == 16);
