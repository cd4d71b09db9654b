namespace ImaNanoBanana.Testing;

/// <summary>The endpoints of the simulator, with the names that scripts, violations and the request log use.</summary>
internal static class SimulatedEndpoint
{
    public static readonly IReadOnlyList<string> All = ["list", "create", "detail", "token", "put", "image"];

    /// <returns>The name of the endpoint, or null for a URL that the service does not have.</returns>
    public static string? FromRequest(HttpRequestMessage request) =>
        (request.Method.Method, request.RequestUri?.Host, request.RequestUri?.AbsolutePath) switch
        {
            ("GET", ImaSimulator.ApiHost, "/open/v1/product/list") => "list",
            ("POST", ImaSimulator.ApiHost, "/open/v1/tasks/create") => "create",
            ("POST", ImaSimulator.ApiHost, "/open/v1/tasks/detail") => "detail",
            ("POST" or "GET", ImaSimulator.UploadHost, "/api/rest/oss/getuploadtoken") => "token",
            ("PUT", SimulatedUploads.StorageHost, _) => "put",
            ("GET" or "HEAD", ImaSimulator.ImageHost, _) => "image",
            _ => null,
        };
}
