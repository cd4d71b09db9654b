using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.AI;

namespace ImaNanoBanana;

/// <summary>Provides the client as an image generator of Microsoft.Extensions.AI.</summary>
[Experimental("MEAI001")]
public static class ImaImageGeneratorExtensions
{
    /// <summary>
    /// Wraps the client as an <see cref="IImageGenerator"/>. Every generation is submitted and charged at most once, like a call of
    /// the client. Set an <see cref="ImaImageGenerationProperties.IdempotencyKey"/> if a middleware around the generator may call it
    /// again. docs/extensions-ai.md lists the options that are used and those that are rejected.
    /// </summary>
    /// <param name="client">The client. It still belongs to the caller: disposing the generator does not dispose it.</param>
    /// <returns>
    /// A generator that is thread-safe, like the client. <see cref="IImageGenerator.GetService"/> returns its
    /// <see cref="ImageGeneratorMetadata"/>, the client and the generator itself. Generating throws <see cref="ImaException"/> and
    /// <see cref="ImageGenerationCanceledException"/> as the client does. <see cref="ArgumentException"/> and
    /// <see cref="NotSupportedException"/> mean that nothing was submitted.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="client"/> is null.</exception>
    public static IImageGenerator AsIImageGenerator(this IImaImageClient client)
    {
        ArgumentNullException.ThrowIfNull(client);
        return new ImaImageGenerator(client);
    }
}
