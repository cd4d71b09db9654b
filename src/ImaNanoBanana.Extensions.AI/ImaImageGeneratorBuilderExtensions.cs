using System.Diagnostics.CodeAnalysis;
using ImaNanoBanana;
using Microsoft.Extensions.AI;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the image generator of Microsoft.Extensions.AI.</summary>
[Experimental("MEAI001")]
public static class ImaImageGeneratorBuilderExtensions
{
    /// <summary>
    /// Registers <see cref="IImageGenerator"/> as a singleton that uses the registered client. For a keyed client, registers a keyed
    /// service with the same key.
    /// </summary>
    /// <param name="builder">The builder that <c>AddImaNanoBanana()</c> or <c>AddKeyedImaNanoBanana()</c> returned.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    public static IImaNanoBananaBuilder AddImageGenerator(this IImaNanoBananaBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (builder.Name.Length == 0)
        {
            builder.Services.AddSingleton(provider => provider.GetRequiredService<IImaImageClient>().AsIImageGenerator());
        }
        else
        {
            builder.Services.AddKeyedSingleton(
                builder.Name, (provider, _) => provider.GetRequiredKeyedService<IImaImageClient>(builder.Name).AsIImageGenerator());
        }

        return builder;
    }
}
