using ImaNanoBanana.Studio.Security;
using ImaNanoBanana.Studio.Storage;
using ImaNanoBanana.Studio.Texts;

namespace ImaNanoBanana.Studio.Api;

/// <summary>Takes reference images, and serves the visitor's own files.</summary>
internal static class FileEndpoints
{
    private const int BufferLength = 64 * 1024;

    public static void MapFiles(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/references", UploadAsync)
            .WithTags("Files")
            .WithSummary("Stores a reference image: the bytes of a PNG, JPEG or WebP image.")
            .Accepts<byte[]>("image/png", "image/jpeg", "image/webp")
            .Produces<FileDocument>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType);
        routes.MapGet("/files/{id}", DownloadAsync)
            .WithTags("Files")
            .WithSummary("The bytes of an image. With 'download', browsers save it.")
            .Produces<byte[]>(contentType: "image/png")
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> UploadAsync(
        Visitor visitor, FileTable files, StudioSettings settings, HttpRequest request, CancellationToken cancellationToken)
    {
        var language = Languages.Of(request);
        var declared = request.ContentType?.Split(';')[0].Trim();
        if (!ImageTypes.All.Contains(declared, StringComparer.OrdinalIgnoreCase))
        {
            return Problems.Answer(Problems.Create(StatusCodes.Status415UnsupportedMediaType, language));
        }

        if (await ReadAsync(request, settings.MaxUploadBytes, cancellationToken) is not { } bytes)
        {
            return Problems.Answer(Problems.Create(StatusCodes.Status413PayloadTooLarge, language));
        }

        if (ImageTypes.Recognize(bytes) is not { } mediaType)
        {
            return Problems.Answer(Problems.Create(StatusCodes.Status415UnsupportedMediaType, language));
        }

        if (await files.GetLengthAsync(visitor.Id, cancellationToken) + bytes.Length > settings.MaxStoredBytes)
        {
            return Problems.Answer(Problems.Create(StatusCodes.Status429TooManyRequests, language));
        }

        var file = new FileFacts(Guid.NewGuid().ToString("N"), mediaType, 0, 0);
        await files.AddAsync(visitor.Id, file, bytes, cancellationToken);
        var document = FileDocument.Create(file);
        request.HttpContext.Response.Headers.Location = document.Url;
        return TypedResults.Json(document, StudioJsonContext.Default.FileDocument, statusCode: StatusCodes.Status201Created);
    }

    /// <summary>
    /// Reads the body. If it is too long, the rest is not read here: the server receives it up to its own limit, so that the client sees
    /// the answer and not a broken connection.
    /// </summary>
    /// <returns>Null if it is too long.</returns>
    private static async Task<byte[]?> ReadAsync(HttpRequest request, int limit, CancellationToken cancellationToken)
    {
        if (request.ContentLength > limit)
        {
            return null;
        }

        using var content = new MemoryStream();
        var buffer = new byte[BufferLength];
        while (await request.Body.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            if (content.Length + read > limit)
            {
                return null;
            }

            content.Write(buffer, 0, read);
        }

        return content.ToArray();
    }

    private static async Task<IResult> DownloadAsync(
        string id, Visitor visitor, FileTable files, HttpRequest request, CancellationToken cancellationToken)
    {
        if (await files.ReadAsync(visitor.Id, id, cancellationToken) is not { } found)
        {
            return Problems.NotFound(request);
        }

        // Whatever a visitor has uploaded, a browser shows it as an image or not at all.
        var headers = request.HttpContext.Response.Headers;
        headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        headers.CacheControl = "private, max-age=31536000, immutable";
        var name = request.Query.ContainsKey("download") ? $"{found.File.Id}{ImageTypes.ExtensionOf(found.File.MediaType)}" : null;
        return TypedResults.Bytes(found.Content, found.File.MediaType, name);
    }
}
