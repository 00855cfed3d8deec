/* A driver that does nothing and says that all is well: a ROM of it must fail the verdict. For tests. */
#include "proto/efi.h"

EFI_STATUS EFIAPI efi_main(EFI_HANDLE self, EFI_SYSTEM_TABLE *system) {
        (void) self;
        (void) system;
        return EFI_SUCCESS;
}
