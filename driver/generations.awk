# Makes generations_table.h for the C driver from the tables of module knowledge, the one source of truth:
#   awk -f generations.awk generations.tsv devices.tsv display-buffers.tsv
# Columns are found by name; anything unexpected ends with an error.
BEGIN { FS = "\t"; gms["snb"]; gms["chv"]; gms["gen8"]; gms["gen9"] }

function broken(why) {
    printf "%s:%d: %s\n", FILENAME, FNR, why >"/dev/stderr"
    failed = 1
    exit 1
}

function cell(name) {
    if (!(name in column)) {
        broken("no column " name)
    }
    return $column[name]
}

# A number; 0 when the cell is "-".
function number(name) {
    if (cell(name) !~ /^(-|[0-9]+|0x[0-9a-f]+)$/) {
        broken(name " is not a number: " cell(name))
    }
    return cell(name) == "-" ? "0" : cell(name)
}

function hex(digits, value, i) {
    for (i = 1; i <= length(digits); i++) {
        value = 16 * value + index("0123456789abcdef", substr(digits, i, 1)) - 1
    }
    return value
}

FNR == 1 {
    split("", column)
    for (i = 1; i <= NF; i++) {
        column[$i] = i
    }
    table++
    next
}

table == 1 {
    name = cell("platform")
    if (length(name) > 7 || !(cell("gms_encoding") in gms)) {
        broken("the name has more than seven letters, or gms_encoding is unknown")
    }
    index_of[name] = platforms++
    generations = generations sprintf("        { \"%s\", %s, %s, %s, %s, GMS_%s, %s, %s, %s, %s, %s, %s },\n", name,
        number("graphics100"), number("ggc_offset"), number("gms_shift"), number("gms_bits"),
        toupper(cell("gms_encoding")), number("bdsm_offset"), number("bdsm_bits"), number("bdsm_mirror"),
        cell("stolen_in_guest") == "yes" ? "true" : "false", number("bar0_mib"), number("pte_bits"))
}

table == 2 {
    if (cell("id") !~ /^[0-9a-f][0-9a-f][0-9a-f][0-9a-f]$/ || (cell("id") "") <= (previous "")) {
        broken("ids are not in ascending order: " cell("id"))
    }
    if (!(cell("platform") in index_of)) {
        broken("unknown platform " cell("platform"))
    }
    previous = cell("id")
    # The distance from the id before; rows without a generation bridge long distances.
    for (step = hex(previous) - id; step > 255; step -= 255) {
        devices = devices sprintf("        { 255, %d },\n", platforms)
    }
    devices = devices sprintf("        { %d, %d },\n", step, index_of[cell("platform")])
    id = hex(previous)
}

table == 3 {
    buffers = buffers sprintf("        { %s, %s, %s },\n", number("offset"), number("first"), number("last"))
}

END {
    if (failed) {
        exit 1
    }
    if (platforms == 0 || devices == "" || buffers == "" || platforms > 254) {
        print "generations.awk: a table is empty or too long" >"/dev/stderr"
        exit 1
    }
    print "/* Made by generations.awk from the tables of module knowledge; do not edit. */"
    printf "static const Generation generations[] = {\n%s};\n\n", generations
    printf "static const DeviceStep devices[] = {\n%s};\n\n", devices
    printf "static const DisplayBuffer display_buffers[] = {\n%s};\n", buffers
}
