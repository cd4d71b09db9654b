using System.Diagnostics.CodeAnalysis;
using System.Drawing;
using ImaNanoBanana.Client;
using Microsoft.Extensions.AI;

namespace ImaNanoBanana;

/// <summary>
/// Implements the abstraction with the client: reads the request, maps pixel sizes, submits or fetches, and returns the images.
/// </summary>
[Experimental("MEAI001")]
internal sealed class ImaImageGenerator(IImaImageClient client) : IImageGenerator
{
    private readonly ImageGeneratorMetadata _metadata = new("ima_studio", new Uri("https://api.imastudio.com"), ImageModel.NanoBanana2.Id);

    public async Task<ImageGenerationResponse> GenerateAsync(
        ImageGenerationRequest request, ImageGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var isImageGeneratingChat = ChatCall.IsFromImageGeneratingChat;
        var format = ResponseFormats.Choose(options?.ResponseFormat, isImageGeneratingChat);
        ImageMediaTypes.CheckPossible(options?.MediaType);
        List<AIContent?> images = [.. request.OriginalImages ?? []];
        if (HostedTask.ToFetch(request.Prompt, images, format) is { } submitted)
        {
            var fetched = await AnsweredAsync(
                client.WaitForCompletionAsync(submitted, cancellationToken), nameof(client.WaitForCompletionAsync)).ConfigureAwait(false);
            return GenerationAnswer.Create(
                fetched, await ContentsAsync(fetched, format, cancellationToken).ConfigureAwait(false), null, credits: 0);
        }

        PixelMapping.Check(options);
        var requested = options?.ImageSize;
        var submission = RequestReading.CreateRequest(request, images, options, this);
        if (isImageGeneratingChat)
        {
            // Its function generates once in each call. A function of the app may generate several images in one call.
            submission = submission with { IdempotencyKey = submission.IdempotencyKey ?? ChatCall.Id };
        }

        submission = requested is { } pixels ? await MappedAsync(submission, pixels, cancellationToken).ConfigureAwait(false) : submission;
        if (format == ImageGenerationResponseFormat.Hosted)
        {
            return GenerationAnswer.Create(
                await AnsweredAsync(client.SubmitAsync(submission, cancellationToken), "SubmitAsync(ImageRequest)").ConfigureAwait(false),
                requested);
        }

        var result = await AnsweredAsync(
            client.GenerateAsync(submission, cancellationToken), nameof(client.GenerateAsync)).ConfigureAwait(false);
        return GenerationAnswer.Create(
            result, await ContentsAsync(result, format, cancellationToken).ConfigureAwait(false), requested, result.Task.Credits);
    }

    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        if (serviceKey is not null)
        {
            return null;
        }

        if (serviceType == typeof(ImageGeneratorMetadata))
        {
            return _metadata;
        }

        if (serviceType.IsInstanceOfType(this))
        {
            return this;
        }

        if (serviceType.IsInstanceOfType(client))
        {
            return client;
        }

        return null;
    }

    /// <summary>Does nothing: the client belongs to the caller.</summary>
    public void Dispose()
    {
    }

    private static Task<T> AnsweredAsync<T>(Task<T> answer, string member)
        where T : class =>
        ClientAnswer.RequiredAsync(answer!, member, nameof(IImageGenerator));

    /// <summary>Uses the client's own product list, which the request is then planned with.</summary>
    private async Task<ImageRequest> MappedAsync(ImageRequest submission, Size pixels, CancellationToken cancellationToken) =>
        PixelMapping.Applied(
            submission,
            pixels,
            await AnsweredAsync(
                client.ListModelsAsync(PixelMapping.TaskType(submission), cancellationToken), nameof(client.ListModelsAsync))
                .ConfigureAwait(false));

    private async Task<List<AIContent>> ContentsAsync(
        ImageResult result, ImageGenerationResponseFormat format, CancellationToken cancellationToken)
    {
        var contents = new List<AIContent>(result.Images.Count);
        foreach (var image in result.Images)
        {
            contents.Add(format == ImageGenerationResponseFormat.Data
                ? await DownloadedAsync(image, result, cancellationToken).ConfigureAwait(false)
                : new UriContent(image.Url, ImageMediaTypes.FromFormat(image.Format)));
        }

        return contents;
    }

    /// <summary>A download that fails here was already charged, so the error carries the task and all of its images.</summary>
    private async Task<DataContent> DownloadedAsync(GeneratedImage image, ImageResult result, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        try
        {
            var download = await AnsweredAsync(
                client.DownloadAsync(image, bytes, cancellationToken), nameof(client.DownloadAsync)).ConfigureAwait(false);
            return new DataContent(bytes.GetBuffer().AsMemory(0, (int)bytes.Length), download.MediaType)
            {
                AdditionalProperties = GenerationAnswer.Deviation(download),
            };
        }
        catch (ImaException exception) when (exception.Task is null)
        {
            throw new ImaException(exception.Kind, exception.Message, exception)
            {
                Task = result.Task,
                IdempotencyKey = result.Task.IdempotencyKey,
                ReadyImages = result.Images,
                Failures = result.Failures,
                Adjustments = result.Adjustments,
                Code = exception.Code,
                RetryAfter = exception.RetryAfter,
            };
        }
        catch (OperationCanceledException exception) when (exception is not ImageGenerationCanceledException { Task: not null })
        {
            throw new ImageGenerationCanceledException(
                ImaChargeStatus.Charged,
                "The download was cancelled. Resume the task; do not submit the request again. Credits were spent.",
                exception,
                cancellationToken)
            {
                Task = result.Task,
                IdempotencyKey = result.Task.IdempotencyKey,
            };
        }
    }
}
