namespace ImaNanoBanana.Studio.Storage;

/// <summary>What is known about a stored file.</summary>
/// <param name="Id">The id.</param>
/// <param name="MediaType">The media type that its bytes show.</param>
/// <param name="Width">In pixels; 0 if not known.</param>
/// <param name="Height">In pixels; 0 if not known.</param>
/// <param name="MatchesRequest">False if the service delivered another size or aspect ratio than requested.</param>
internal sealed record FileFacts(string Id, string MediaType, int Width, int Height, bool MatchesRequest = true);
