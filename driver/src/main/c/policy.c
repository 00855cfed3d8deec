#include "opregion.h"
#include "proto/gop_policy.h"
#include "setup.h"
#include "vbt.h"

static EFI_GUID policy_guid = PLATFORM_GOP_POLICY_GUID;

/* The GOP calls these without a word on whose they are: there is one policy in a machine. */
static EFI_PHYSICAL_ADDRESS vbt_address;
static uint32_t vbt_length;
static uint8_t lid, dock;
static EFI_HANDLE policy_handle;

static EFI_STATUS EFIAPI get_lid_status(uint32_t *ret_status) {
        if (lid == LID_NOT_SAID || ret_status == NULL)
                return EFI_UNSUPPORTED;
        *ret_status = lid == LID_OPEN; /* LidClosed is 0, LidOpen 1 */
        return EFI_SUCCESS;
}

static EFI_STATUS EFIAPI get_vbt_data(EFI_PHYSICAL_ADDRESS *ret_address, uint32_t *ret_size) {
        if (vbt_address == 0 || ret_address == NULL || ret_size == NULL)
                return EFI_NOT_FOUND;
        *ret_address = vbt_address;
        *ret_size = vbt_length;
        return EFI_SUCCESS;
}

/* The argument is the caller's value and no pointer: nothing can be written. */
static EFI_STATUS EFIAPI get_dock_status(uint32_t status) {
        (void) status;
        return dock == DOCK_DOCKED ? EFI_SUCCESS : EFI_UNSUPPORTED;
}

static PLATFORM_GOP_POLICY policy = { .Revision = PLATFORM_GOP_POLICY_REVISION };

/* A copy for the GOP, since drivers write into the one in the OpRegion; its checksum is made right. */
static bool copy_vbt(Setup *setup, size_t *ret_size) {
        size_t offset, size;
        EFI_STATUS err;

        if (setup->opregion_base == 0 ||
            !opregion_locate_vbt(at_address(setup->opregion_base), setup->opregion_size, &offset, &size)) {
                tell(STEP_VBT, OUTCOME_NONE, EFI_NOT_FOUND, 0, 0);
                return false;
        }
        err = pages_allocate(EfiBootServicesData, size, &setup->vbt);
        if (err != EFI_SUCCESS) {
                tell(STEP_VBT, OUTCOME_FAILED, err, offset, size);
                return false;
        }
        memcpy(at_address(setup->vbt.base), at_address(setup->opregion_base) + offset, size);
        vbt_set_checksum(at_address(setup->vbt.base), size);
        tell(STEP_VBT, OUTCOME_FOUND, EFI_SUCCESS, offset, size);
        *ret_size = size;
        return true;
}

void setup_policy(Setup *setup) {
        void *other;
        size_t size;
        EFI_STATUS err;

        if (BS->LocateProtocol(&policy_guid, NULL, &other) == EFI_SUCCESS) {
                tell(STEP_GOP_POLICY, OUTCOME_IGNORED, EFI_ALREADY_STARTED, 0, 0);
                return;
        }
        if (!copy_vbt(setup, &size))
                return;

        vbt_address = setup->vbt.base;
        vbt_length = (uint32_t) size;
        lid = setup->data.lid;
        dock = setup->data.dock;
        policy.GetPlatformLidStatus = get_lid_status;
        policy.GetVbtData = get_vbt_data;
        policy.GetPlatformDockStatus = get_dock_status;
        policy_handle = NULL;
        err = BS->InstallProtocolInterface(&policy_handle, &policy_guid, EFI_NATIVE_INTERFACE, &policy);
        setup->policy_installed = err == EFI_SUCCESS;
        tell(STEP_GOP_POLICY, err == EFI_SUCCESS ? OUTCOME_DONE : OUTCOME_FAILED, err, vbt_address, size);
        if (err != EFI_SUCCESS)
                undo_policy(setup);
}

void undo_policy(Setup *setup) {
        if (setup->policy_installed) {
                if (BS->UninstallProtocolInterface(policy_handle, &policy_guid, &policy) != EFI_SUCCESS)
                        return; /* Somebody uses it, and with it the VBT: both stay. */
                vbt_address = 0;
        }
        setup->policy_installed = false;
        pages_done(&setup->vbt);
}
