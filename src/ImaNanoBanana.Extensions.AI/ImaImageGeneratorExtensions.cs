using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.AI;

namespace ImaNanoBanana;

/// <summary>The client as the image generator of Microsoft.Extensions.AI.</summary>
[Experimental("MEAI001")]
public static class ImaImageGeneratorExtensions
{
    /// <summary>
    /// Lets the client be used through <see cref="IImageGenerator"/>. Every generation spends credits once, as the client
    /// promises of one call; give it an <see cref="ImaImageGenerationProperties.IdempotencyKey"/> where something around the
    /// generator may call it again. What is taken from the options, and what is refused, is in docs/extensions-ai.md.
    /// </summary>
    /// <param name="client">The client. It stays the caller's: disposing the generator leaves it alone.</param>
    /// <returns>
    /// A generator, thread-safe as the client is. <see cref="IImageGenerator.GetService"/> gives its
    /// <see cref="ImageGeneratorMetadata"/>, the client and itself. Generating throws <see cref="ImaException"/> and
    /// <see cref="ImageGenerationCanceledException"/> as the client does; <see cref="ArgumentException"/> and
    /// <see cref="NotSupportedException"/> mean that nothing was ordered.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="client"/> is null.</exception>
    public static IImageGenerator AsIImageGenerator(this IImaImageClient client)
    {
        ArgumentNullException.ThrowIfNull(client);
        return new ImaImageGenerator(client);
    }
}
