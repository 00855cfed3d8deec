/* A driver that does nothing and returns success. Tests check that the bench fails a ROM of it. */
#include "proto/efi.h"

EFI_STATUS EFIAPI efi_main(EFI_HANDLE self, EFI_SYSTEM_TABLE *system) {
        (void) self;
        (void) system;
        return EFI_SUCCESS;
}
