using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace ImaNanoBanana.Testing;

/// <summary>Creates the responses of the image host, as a browser and a client need them.</summary>
internal static class SimulatedImages
{
    private const string PictureType = "image/png";
    private const int TagBytes = 16;

    /// <returns>The number of the image in a path such as <c>/simulator/task_sim_000001/1.png</c>, with its task.</returns>
    public static (string TaskId, int Number)? Read(string path) =>
        path.Split('/', '.') is ["", "simulator", var id, var name, "png"]
        && int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? (id, number)
            : null;

    /// <summary>
    /// The response with a picture. Pages of any origin may read it. A cache asks before it shows it again, because another simulator
    /// may use the same task ids.
    /// </summary>
    public static HttpResponseMessage Response(
        HttpRequestMessage request, SimulatedSubmission submission, IReadOnlyList<Thumbnail> inputs, SimulatedPicture picture)
    {
        var tag = new EntityTagHeaderValue($"\"{Fingerprint(request.RequestUri!.AbsolutePath, submission, inputs)}\"");
        if (request.Headers.IfNoneMatch.Any(known => known.Equals(EntityTagHeaderValue.Any) || known.Tag == tag.Tag))
        {
            picture.Dispose();
            return Shared(new HttpResponseMessage(HttpStatusCode.NotModified), tag);
        }

        return Shared(WithoutBody(request.Method, new HttpResponseMessage(HttpStatusCode.OK) { Content = picture }), tag);
    }

    /// <summary>The response with a picture that no cache may keep, because it is damaged.</summary>
    public static HttpResponseMessage DamagedResponse(SimulatedPicture picture)
    {
        var response = Shared(new HttpResponseMessage(HttpStatusCode.OK) { Content = picture }, tag: null);
        response.Headers.CacheControl = new CacheControlHeaderValue { NoStore = true };
        return response;
    }

    public static HttpResponseMessage NotFound() => Shared(new HttpResponseMessage(HttpStatusCode.NotFound), tag: null);

    private static HttpResponseMessage Shared(HttpResponseMessage response, EntityTagHeaderValue? tag)
    {
        response.Headers.TryAddWithoutValidation("Access-Control-Allow-Origin", "*");
        response.Headers.ETag = tag;
        response.Headers.CacheControl = new CacheControlHeaderValue { NoCache = true };
        if (response.StatusCode == HttpStatusCode.OK)
        {
            response.Content.Headers.ContentDisposition = new ContentDispositionHeaderValue("inline");
        }

        return response;
    }

    private static HttpResponseMessage WithoutBody(HttpMethod method, HttpResponseMessage response)
    {
        if (method == HttpMethod.Head)
        {
            response.Content.Dispose();
            response.Content = new ByteArrayContent([]);
            response.Content.Headers.ContentType = new MediaTypeHeaderValue(PictureType);
        }

        return response;
    }

    private static string Fingerprint(string path, SimulatedSubmission submission, IReadOnlyList<Thumbnail> inputs)
    {
        string[] parts =
        [
            path, submission.Size, submission.AspectRatio, .. inputs.Select(input => Convert.ToHexString(input.Pixels)), submission.Prompt,
        ];
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts))).AsSpan(0, TagBytes));
    }
}
