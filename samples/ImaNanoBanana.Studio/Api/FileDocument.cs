using ImaNanoBanana.Studio.Storage;

namespace ImaNanoBanana.Studio.Api;

/// <summary>A file of the visitor.</summary>
/// <param name="Id">The id.</param>
/// <param name="Url">Where its bytes are.</param>
/// <param name="MediaType">The media type.</param>
/// <param name="Width">In pixels; null if not known.</param>
/// <param name="Height">In pixels; null if not known.</param>
internal sealed record FileDocument(string Id, string Url, string? MediaType = null, int? Width = null, int? Height = null)
{
    public static FileDocument Create(FileFacts file) =>
        new(file.Id, Address(file.Id), file.MediaType, file.Width == 0 ? null : file.Width, file.Height == 0 ? null : file.Height);

    public static FileDocument FromId(string id) => new(id, Address(id));

    private static string Address(string id) => $"/files/{id}";
}
