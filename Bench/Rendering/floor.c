/* The least that both derivatives cost with TurboJPEG: read, decode to planes at the scale that the largest derivative
 * needs, and encode planes of the derivatives' sizes, cut out instead of resized.
 *   floor WORKERS KINDS OUT FILE...
 */
#include <malloc.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <turbojpeg.h>

struct kind {
    const char *name;
    int width, height;
};

static const struct kind kinds[] = {{"cache", 1920, 1080}, {"thumbnail", 300, 300}};
static const int kind_count = 2;

static char **files;
static int file_count;
static const char *wanted, *out;
static atomic_int next_file;

static void die(const char *what, const char *why)
{
    fprintf(stderr, "%s: %s\n", what, why);
    exit(1);
}

static unsigned char *read_file(const char *path, unsigned long *size)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        die(path, "cannot be opened");
    fseek(file, 0, SEEK_END);
    *size = (unsigned long)ftell(file);
    rewind(file);
    unsigned char *data = malloc(*size);
    if (fread(data, 1, *size, file) != *size)
        die(path, "cannot be read");
    fclose(file);
    return data;
}

static double fit(int width, int height, const struct kind *kind)
{
    double x = (double)kind->width / width, y = (double)kind->height / height;
    double scale = x < y ? x : y;
    return scale < 1 ? scale : 1;
}

static void render(const char *path, tjhandle decoder, tjhandle encoder)
{
    unsigned long size;
    unsigned char *data = read_file(path, &size);
    int width, height, sampling, colours;
    if (tjDecompressHeader3(decoder, data, size, &width, &height, &sampling, &colours))
        die(path, tjGetErrorStr2(decoder));

    double largest = 0;
    for (int i = 0; i < kind_count; i++)
        if (strstr(wanted, kinds[i].name) && fit(width, height, &kinds[i]) > largest)
            largest = fit(width, height, &kinds[i]);
    int denominator = largest <= 1.0 / 8 ? 8 : largest <= 1.0 / 4 ? 4 : largest <= 1.0 / 2 ? 2 : 1;
    int scaled_width = (width + denominator - 1) / denominator, scaled_height = (height + denominator - 1) / denominator;

    unsigned char *planes[3];
    int strides[3];
    for (int i = 0; i < 3; i++) {
        strides[i] = tjPlaneWidth(i, scaled_width, sampling);
        planes[i] = malloc((size_t)strides[i] * (size_t)tjPlaneHeight(i, scaled_height, sampling));
    }
    if (tjDecompressToYUVPlanes(decoder, data, size, planes, scaled_width, strides, scaled_height, 0))
        die(path, tjGetErrorStr2(decoder));
    free(data);

    for (int i = 0; i < kind_count; i++) {
        if (!strstr(wanted, kinds[i].name))
            continue;
        double scale = fit(width, height, &kinds[i]);
        unsigned char *jpeg = NULL;
        unsigned long length = 0;
        if (tjCompressFromYUVPlanes(encoder, (const unsigned char **)planes, (int)(width * scale + 0.5), strides,
                (int)(height * scale + 0.5), sampling, &jpeg, &length, 85, TJFLAG_ACCURATEDCT))
            die(path, tjGetErrorStr2(encoder));
        char name[4096];
        const char *base = strrchr(path, '/');
        snprintf(name, sizeof name, "%s/%s.%s.jpg", out, base ? base + 1 : path, kinds[i].name);
        FILE *file = fopen(name, "wb");
        if (!file || fwrite(jpeg, 1, length, file) != length || fclose(file))
            die(name, "cannot be written");
        tjFree(jpeg);
    }
    for (int i = 0; i < 3; i++)
        free(planes[i]);
}

static void *work(void *unused)
{
    tjhandle decoder = tjInitDecompress(), encoder = tjInitCompress();
    for (int i; (i = atomic_fetch_add(&next_file, 1)) < file_count;)
        render(files[i], decoder, encoder);
    tjDestroy(decoder);
    tjDestroy(encoder);
    return unused;
}

int main(int argc, char **argv)
{
    if (argc < 5)
        die("usage", "floor WORKERS KINDS OUT FILE...");
    int workers = atoi(argv[1]);
    wanted = argv[2];
    out = argv[3];
    files = argv + 4;
    file_count = argc - 4;

    /* Planes that were freed are used again: getting fresh pages from the system for each picture would cost more than all else. */
    mallopt(M_MMAP_THRESHOLD, 1 << 30);
    mallopt(M_TRIM_THRESHOLD, 1 << 30);
    mallopt(M_TOP_PAD, 64 << 20);

    struct timespec start, end;
    clock_gettime(CLOCK_MONOTONIC, &start);
    pthread_t threads[workers];
    for (int i = 0; i < workers; i++)
        pthread_create(&threads[i], NULL, work, NULL);
    for (int i = 0; i < workers; i++)
        pthread_join(threads[i], NULL);
    clock_gettime(CLOCK_MONOTONIC, &end);

    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    double spent = (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
        + (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
    printf("{\"images\":%d,\"seconds\":%.3f,\"processorSeconds\":%.3f}\n", file_count,
        (double)(end.tv_sec - start.tv_sec) + (double)(end.tv_nsec - start.tv_nsec) / 1e9, spent);
    return 0;
}
