/* The OpRegion: validity, extent in memory, location of its VBT. igdrom.driver.OpRegionRule is the same in Java. Pure. */
#pragma once

#include "base.h"

#define OPREGION_SIZE 0x2000U
/* Larger than any real one: 8 KiB and a VBT of at most 64 KiB. */
#define OPREGION_MAX (256U * KIB)

typedef enum RvdaKind {
        RVDA_NONE,     /* not used: the VBT is in mailbox 4 */
        RVDA_RELATIVE, /* from the start of the OpRegion (2.1 and later) */
        RVDA_ABSOLUTE, /* a physical address (2.0) */
} RvdaKind;

/* What header and RVDA say. The bytes after the first 8 KiB have not been read. */
typedef struct OpRegionShape {
        RvdaKind rvda;
        uint64_t vbt_address; /* RVDA, unchanged */
        uint32_t vbt_size;    /* RVDS */
} OpRegionShape;

/* How a file becomes an OpRegion in memory. */
typedef struct OpRegionPlan {
        size_t extent;      /* how many bytes of the file to copy */
        uint64_t rvda;      /* RVDA of the copy, 0 for none */
        uint32_t rvds;
        bool rewritten;     /* 2.0 with an absolute address becomes 2.1 with a relative one */
        bool cleared;       /* RVDA led nowhere and is cleared */
        size_t vbt_offset;  /* in the extent */
        size_t vbt_size;    /* 0 for none */
} OpRegionPlan;

/* Whether an OpRegion starts at bytes, of which there are at least OPREGION_SIZE. */
bool opregion_shape(const uint8_t *bytes, OpRegionShape *ret_shape);

/*
 * How much memory a preset OpRegion takes from its start, with a VBT to which a relative RVDA points. A VBT at an absolute
 * address is not included: the caller checks [vbt_address, vbt_address + vbt_size). False when the extent or the VBT is
 * larger than OPREGION_MAX.
 */
bool opregion_extent(const OpRegionShape *shape, size_t *ret_extent);

/* How to copy a file, and where the VBT will be; false when the file is not an OpRegion. */
bool opregion_plan(const uint8_t *bytes, size_t size, OpRegionPlan *ret_plan);

/* Writes RVDA, RVDS and the version of the plan into a copy of at least OPREGION_SIZE bytes. */
void opregion_settle(uint8_t *copy, const OpRegionPlan *plan);
