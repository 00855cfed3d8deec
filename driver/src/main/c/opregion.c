#include "opregion.h"

#include "vbt.h"

/* Source: Linux, intel_opregion.c, struct opregion_header and struct opregion_asle. */
typedef struct __attribute__((packed)) OpRegionHeader {
        char signature[16];
        uint32_t size; /* in KiB */
        uint8_t _pad0[2];
        uint8_t minor;
        uint8_t major;
        uint8_t _pad1[0x40];
        uint32_t mailboxes;
        uint8_t _pad2[0x35e];
        uint64_t rvda;
        uint32_t rvds;
} OpRegionHeader;

assert_cc(offsetof(OpRegionHeader, size) == 0x10);
assert_cc(offsetof(OpRegionHeader, minor) == 0x16);
assert_cc(offsetof(OpRegionHeader, major) == 0x17);
assert_cc(offsetof(OpRegionHeader, mailboxes) == 0x58);
assert_cc(offsetof(OpRegionHeader, rvda) == 0x3ba);
assert_cc(offsetof(OpRegionHeader, rvds) == 0x3c2);

#define MAILBOX_SWSCI (1U << 1)
#define MAILBOX_ASLE (1U << 2)
#define MAILBOX_ASLE_EXTENSION (1U << 4)

#define MAILBOX_4 0x400U
#define MAILBOX_5 0x1c00U

static const OpRegionHeader *header_of(const uint8_t *bytes) {
        return (const OpRegionHeader *) bytes; /* packed, so it may be anywhere */
}

bool opregion_shape(const uint8_t *bytes, OpRegionShape *ret_shape) {
        const OpRegionHeader *header = header_of(bytes);
        OpRegionShape shape = {};

        if (memcmp(header->signature, "IntelGraphicsMem", sizeof header->signature) != 0)
                return false;
        if (header->size != OPREGION_SIZE / KIB || header->major == 0)
                return false;

        if (header->major >= 2 && (header->mailboxes & MAILBOX_ASLE) && header->rvda != 0 && header->rvds != 0) {
                shape.rvda = header->major > 2 || header->minor >= 1 ? RVDA_RELATIVE : RVDA_ABSOLUTE;
                shape.vbt_address = header->rvda;
                shape.vbt_size = header->rvds;
        }

        *ret_shape = shape;
        return true;
}

bool opregion_extent(const OpRegionShape *shape, size_t *ret_extent) {
        size_t extent = OPREGION_SIZE;

        if (shape->rvda == RVDA_ABSOLUTE && shape->vbt_size > OPREGION_MAX)
                return false;
        if (shape->rvda == RVDA_RELATIVE) {
                if (!range_ok(shape->vbt_address, shape->vbt_size, OPREGION_MAX))
                        return false;
                size_t end = (size_t) shape->vbt_address + shape->vbt_size;
                if (end > extent)
                        extent = end;
        }

        *ret_extent = extent;
        return true;
}

/* Whether a whole VBT is at this offset of the file: then it is the VBT of the plan. */
static bool find_vbt(const uint8_t *bytes, size_t size, uint64_t offset, size_t length, OpRegionPlan *plan) {
        if (!range_ok(offset, length, size) || !vbt_size(bytes + offset, length, &plan->vbt_size))
                return false;
        plan->vbt_offset = (size_t) offset;
        return true;
}

bool opregion_plan(const uint8_t *bytes, size_t size, OpRegionPlan *ret_plan) {
        OpRegionPlan plan = { .extent = OPREGION_SIZE };
        OpRegionShape shape;

        if (size < OPREGION_SIZE || size > OPREGION_MAX || !opregion_shape(bytes, &shape))
                return false;

        /* Source: Linux, vfio_pci_igd.c: the VBT of a 2.0 follows the OpRegion, and both together are a 2.1. */
        plan.rewritten = shape.rvda == RVDA_ABSOLUTE;
        if (plan.rewritten)
                shape.vbt_address = OPREGION_SIZE;
        if (shape.rvda != RVDA_NONE && find_vbt(bytes, size, shape.vbt_address, shape.vbt_size, &plan)) {
                plan.rvda = shape.vbt_address;
                plan.rvds = shape.vbt_size;
                if (plan.rvda + plan.rvds > plan.extent)
                        plan.extent = (size_t) plan.rvda + plan.rvds;
        } else {
                /* A guest that followed RVDA would read unrelated memory. */
                plan.rewritten = false;
                plan.cleared = shape.rvda != RVDA_NONE;
                /* Source: Linux, intel_opregion.c: without mailbox 5 a long VBT may extend to the end. */
                size_t end = header_of(bytes)->mailboxes & MAILBOX_ASLE_EXTENSION ? MAILBOX_5 : OPREGION_SIZE;
                (void) find_vbt(bytes, size, MAILBOX_4, end - MAILBOX_4, &plan);
        }

        *ret_plan = plan;
        return true;
}

void opregion_settle(uint8_t *copy, const OpRegionPlan *plan) {
        /* A guest's call would raise an SCI of the host's, and nobody answers it. */
        write_u32(copy + offsetof(OpRegionHeader, mailboxes), header_of(copy)->mailboxes & ~MAILBOX_SWSCI);
        if (!plan->rewritten && !plan->cleared)
                return;

        write_u64(copy + offsetof(OpRegionHeader, rvda), plan->rvda);
        write_u32(copy + offsetof(OpRegionHeader, rvds), plan->rvds);
        if (plan->rewritten)
                copy[offsetof(OpRegionHeader, minor)] = 1;
}
