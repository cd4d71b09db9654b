using Microsoft.Extensions.DependencyInjection;

namespace ImaNanoBanana;

/// <summary>What <c>AddImaNanoBanana()</c> returns, for adding to the registration.</summary>
public interface IImaNanoBananaBuilder
{
    /// <summary>The app's services.</summary>
    IServiceCollection Services { get; }

    /// <summary>The name of the SDK's client at <see cref="IHttpClientFactory"/>.</summary>
    string HttpClientName { get; }
}
