#include "proto/gop_policy.h"
#include "setup.h"
#include "vbt.h"

static EFI_GUID policy_guid = PLATFORM_GOP_POLICY_GUID;

/* The GOP calls these without a word on whose they are: there is one policy in a machine. */
static EFI_PHYSICAL_ADDRESS vbt_address;
static uint32_t vbt_length;
static uint8_t lid, dock;
static EFI_HANDLE policy_handle;

/* That somebody asked, and who, is what the owner of a black screen wants to know first. Each member is told of once: a GOP may
 * ask in a loop. It asks at TPL_NOTIFY, where variables are out of reach: an event keeps what was told for later. */
static ReportEntry questions[POLICY_DOCK + 1];
static uint8_t asked, kept;
static EFI_EVENT keep_event;

static void EFIAPI keep_questions(EFI_EVENT event, void *context) {
        uint8_t fresh = asked & (uint8_t) ~kept; /* More may be asked meanwhile: this is called again for those. */

        (void) event;
        (void) context;
        tell_resume();
        for (unsigned member = 0; member < ELEMENTS(questions); member++)
                if (fresh >> member & 1U)
                        tell_keep(&questions[member]);
        kept |= fresh;
        tell_publish();
}

static EFI_STATUS answered(uint8_t member, EFI_STATUS answer, const void *asker) {
        if (asked >> member & 1U)
                return answer;
        questions[member] = (ReportEntry){
                .step = STEP_POLICY_ASKED,
                .outcome = answer == EFI_SUCCESS ? OUTCOME_DONE : OUTCOME_NONE,
                .value = (uintptr_t) asker,
                .detail = member,
        };
        asked |= (uint8_t) (1U << member);
        tell_aloud(&questions[member]);
        if (keep_event != NULL)
                (void) BS->SignalEvent(keep_event);
        return answer;
}

static void listen(void) {
        asked = kept = 0;
        if (BS->CreateEvent(EVT_NOTIFY_SIGNAL, TPL_CALLBACK, keep_questions, NULL, &keep_event) != EFI_SUCCESS)
                keep_event = NULL;
}

static void stop_listening(void) {
        if (keep_event != NULL)
                (void) BS->CloseEvent(keep_event);
        keep_event = NULL;
}

static EFI_STATUS EFIAPI get_lid_status(uint32_t *ret_status) {
        const void *asker = __builtin_return_address(0);

        if (lid == LID_NOT_SAID || ret_status == NULL)
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

/* The argument is the caller's value and no pointer: nothing can be written. */
static EFI_STATUS EFIAPI get_dock_status(uint32_t status) {
        (void) status;
        return answered(POLICY_DOCK, dock == DOCK_DOCKED ? EFI_SUCCESS : EFI_UNSUPPORTED, __builtin_return_address(0));
}

static PLATFORM_GOP_POLICY policy = { .Revision = PLATFORM_GOP_POLICY_REVISION };

/* A copy for the GOP, since drivers write into the one in the OpRegion; its checksum is made right. */
static bool copy_vbt(Setup *setup, size_t *ret_size) {
        uint64_t offset = setup->vbt_base - setup->opregion_base;
        size_t size = setup->vbt_size;
        EFI_STATUS err;

        if (setup->vbt_base == 0) {
                tell(STEP_VBT, OUTCOME_NONE, EFI_NOT_FOUND, 0, 0);
                return false;
        }
        if (offset >= setup->opregion_size)
                offset = setup->vbt_base; /* It is elsewhere. */
        err = pages_allocate(EfiBootServicesData, size, &setup->vbt);
        if (err != EFI_SUCCESS) {
                tell(STEP_VBT, OUTCOME_FAILED, err, offset, size);
                return false;
        }
        memcpy(at_address(setup->vbt.base), at_address(setup->vbt_base), size);
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
        if (err == EFI_SUCCESS)
                listen();
        else
                undo_policy(setup);
}

void undo_policy(Setup *setup) {
        if (setup->policy_installed) {
                if (BS->UninstallProtocolInterface(policy_handle, &policy_guid, &policy) != EFI_SUCCESS)
                        return; /* Somebody uses it, and with it the VBT: both stay. */
                vbt_address = 0;
                stop_listening();
        }
        setup->policy_installed = false;
        pages_done(&setup->vbt);
}
