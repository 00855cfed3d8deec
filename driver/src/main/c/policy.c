#include "proto/gop_policy.h"
#include "setup.h"
#include "vbt.h"

static EFI_GUID policy_guid = PLATFORM_GOP_POLICY_GUID;

/* The members of PlatformGopPolicy have no This argument, so their state is global: one policy per machine. */
static EFI_PHYSICAL_ADDRESS vbt_address;
static uint32_t vbt_length;
static uint8_t lid, dock;
static EFI_HANDLE policy_handle;

/* Whether the GOP asked for the policy is the first question when the screen stays black, so each member reports its first call; a GOP
 * may call in a loop. It calls at TPL_NOTIFY, where variables cannot be written: an event at TPL_CALLBACK does that. */
static ReportEntry questions[POLICY_DOCK + 1];
static uint8_t asked, kept;
static EFI_EVENT keep_event;

static void EFIAPI keep_questions(EFI_EVENT event, void *context) {
        uint8_t fresh = asked & (uint8_t) ~kept; /* Calls from now on signal the event again. */

        (void) event;
        (void) context;
        _cleanup_(report_close) ReportScope scope = report_open();
        for (unsigned member = 0; member < ELEMENTS(questions); member++)
                if (fresh >> member & 1U)
                        report_keep(&questions[member]);
        kept |= fresh;
}

static EFI_STATUS answered(uint8_t member, EFI_STATUS answer, const void *asker) {
        if (asked >> member & 1U)
                return answer;
        questions[member] = report_entry(STEP_POLICY_ASKED, answer == EFI_SUCCESS ? OUTCOME_DONE : OUTCOME_NONE, EFI_SUCCESS,
                                         (uintptr_t) asker, member);
        asked |= (uint8_t) (1U << member);
        report_print(&questions[member]);
        if (keep_event != NULL)
                (void) BS->SignalEvent(keep_event);
        return answer;
}

static void listen(void) {
        asked = kept = 0;
        if (BS->CreateEvent(EVT_NOTIFY_SIGNAL, TPL_CALLBACK, keep_questions, /* NotifyContext= */ NULL, &keep_event) != EFI_SUCCESS)
                keep_event = NULL;
}

static void stop_listening(void) {
        if (keep_event != NULL)
                (void) BS->CloseEvent(keep_event);
        keep_event = NULL;
}

static EFI_STATUS EFIAPI get_lid_status(uint32_t *ret_status) {
        const void *asker = __builtin_return_address(0);

        if (lid == LID_UNSPECIFIED || ret_status == NULL)
                return answered(POLICY_LID, EFI_UNSUPPORTED, asker);
        *ret_status = lid == LID_OPEN; /* LidClosed is 0, LidOpen 1 */
        return answered(POLICY_LID, EFI_SUCCESS, asker);
}

static EFI_STATUS EFIAPI get_vbt_data(EFI_PHYSICAL_ADDRESS *ret_address, uint32_t *ret_size) {
        const void *asker = __builtin_return_address(0);

        if (vbt_address == 0 || ret_address == NULL || ret_size == NULL)
                return answered(POLICY_VBT, EFI_NOT_FOUND, asker);
        *ret_address = vbt_address;
        *ret_size = vbt_length;
        return answered(POLICY_VBT, EFI_SUCCESS, asker);
}

/* The argument is a value, not a pointer, so there is nowhere to write a result. */
static EFI_STATUS EFIAPI get_dock_status(uint32_t status) {
        (void) status;
        return answered(POLICY_DOCK, dock == DOCK_DOCKED ? EFI_SUCCESS : EFI_UNSUPPORTED, __builtin_return_address(0));
}

static PLATFORM_GOP_POLICY policy = { .Revision = PLATFORM_GOP_POLICY_REVISION };

/* The ROM's VBT for the GOP, or NULL. */
static const uint8_t *vbt_in_rom(const Setup *setup, size_t *ret_size) {
        if (setup->data->parts[ROM_POLICY_VBT].size == 0)
                return NULL;
        if (!vbt_size(rom_part(setup->data, ROM_POLICY_VBT), setup->data->parts[ROM_POLICY_VBT].size, ret_size)) {
                report_step(STEP_VBT, OUTCOME_INVALID, EFI_UNSUPPORTED, 0, setup->data->parts[ROM_POLICY_VBT].size);
                return NULL;
        }
        return rom_part(setup->data, ROM_POLICY_VBT);
}

/* Copies the VBT for the GOP, since drivers write into the one in the OpRegion, and corrects the checksum of the copy. */
static bool copy_vbt(Setup *setup, size_t *ret_size) {
        uint64_t offset = setup->vbt_base - setup->opregion_base;
        size_t size = setup->vbt_size;
        const uint8_t *vbt = vbt_in_rom(setup, &size);
        Outcome source = vbt != NULL ? OUTCOME_FROM_ROM : OUTCOME_FOUND;
        EFI_STATUS err;

        if (vbt != NULL)
                offset = 0;
        else if (setup->vbt_base != 0)
                vbt = at_address(setup->vbt_base);
        else {
                report_step(STEP_VBT, OUTCOME_NONE, setup->is_secondary ? EFI_SUCCESS : EFI_NOT_FOUND, 0, 0);
                return false;
        }
        if (offset >= setup->opregion_size && source == OUTCOME_FOUND)
                offset = setup->vbt_base; /* Not inside the OpRegion. */
        err = pages_allocate(EfiBootServicesData, size, &setup->vbt);
        if (err != EFI_SUCCESS) {
                report_step(STEP_VBT, OUTCOME_FAILED, err, offset, size);
                return false;
        }
        memcpy(at_address(setup->vbt.base), vbt, size);
        vbt_set_checksum(at_address(setup->vbt.base), size);
        report_step(STEP_VBT, source, EFI_SUCCESS, offset, size);
        *ret_size = size;
        return true;
}

static EFI_STATUS offer_policy(void) {
        policy_handle = NULL;
        return BS->InstallProtocolInterface(&policy_handle, &policy_guid, EFI_NATIVE_INTERFACE, &policy);
}

void setup_policy(Setup *setup) {
        void *other;
        size_t size;
        EFI_STATUS err;

        if (BS->LocateProtocol(&policy_guid, /* Registration= */ NULL, &other) == EFI_SUCCESS) {
                report_step(STEP_GOP_POLICY, OUTCOME_IGNORED, EFI_ALREADY_STARTED, 0, 0);
                return;
        }
        if (needs_stolen(setup) && !setup->stolen_claimed) {
                /* A GOP would fill its page table with addresses of the host's, or of anybody's. Without a policy it gives up. */
                report_step(STEP_GOP_POLICY, OUTCOME_WITHHELD, EFI_SUCCESS, 0, 0);
                return;
        }
        if (!copy_vbt(setup, &size))
                return;

        vbt_address = setup->vbt.base;
        vbt_length = (uint32_t) size;
        lid = setup->data->lid;
        dock = setup->data->dock;
        policy.GetPlatformLidStatus = get_lid_status;
        policy.GetVbtData = get_vbt_data;
        policy.GetPlatformDockStatus = get_dock_status;
        err = offer_policy();
        setup->policy_installed = err == EFI_SUCCESS;
        report_step(STEP_GOP_POLICY, err == EFI_SUCCESS ? OUTCOME_DONE : OUTCOME_FAILED, err, vbt_address, size);
        if (err == EFI_SUCCESS)
                listen();
        else
                undo_policy(setup);
}

EFI_STATUS withdraw_policy(Setup *setup) {
        if (!setup->policy_installed)
                return EFI_SUCCESS;
        return BS->UninstallProtocolInterface(policy_handle, &policy_guid, &policy);
}

void offer_policy_again(Setup *setup) {
        if (setup->policy_installed && offer_policy() != EFI_SUCCESS)
                undo_policy(setup);
}

void undo_policy(Setup *setup) {
        if (setup->policy_installed) {
                vbt_address = 0;
                stop_listening();
        }
        setup->policy_installed = false;
        pages_done(&setup->vbt);
}
