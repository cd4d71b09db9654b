namespace ImaNanoBanana.OpenApi;

/// <summary>Contains the headers of the service's endpoints, as <c>Name: value</c>.</summary>
internal static class ApiHeaders
{
    public const string UserAgent = "User-Agent: ImaNanoBanana/" + SdkVersion.Text;

    public const string Accept = "Accept: */*";

    public const string AppSource = "x-app-source: ima_skills";

    /// <summary>The language only matters for the labels of the product list; everything else is requested in English.</summary>
    public const string English = "x_app_language: en";

    /// <summary>Without a character set, which the serializer would add.</summary>
    public const string Json = "Content-Type: application/json";
}
