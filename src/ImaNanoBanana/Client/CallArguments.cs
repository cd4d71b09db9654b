using ImaNanoBanana.Planning;

namespace ImaNanoBanana.Client;

/// <summary>What can be refused before a call does anything.</summary>
internal static class CallArguments
{
    /// <exception cref="ArgumentNullException">The request is null.</exception>
    /// <exception cref="ImaException">The request can be refused without the product list.</exception>
    public static void Check(ImageRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        try
        {
            ImagePlanner.Check(request);
        }
        catch (ImaException exception)
        {
            exception.Belong(request.IdempotencyKey);
            throw;
        }
    }

    /// <returns>The task; that of a handle whose text was given as the id.</returns>
    /// <exception cref="ArgumentNullException">The task is null.</exception>
    /// <exception cref="ImaException">The task has no id.</exception>
    public static ImageTask Check(ImageTask task)
    {
        ArgumentNullException.ThrowIfNull(task);
        if (string.IsNullOrWhiteSpace(task.Id))
        {
            throw new ImaException(ImaErrorKind.InvalidRequest, "The task has no id. Nothing was sent.") { ParameterName = "id" };
        }

        return ImageTask.TryFromHandle(task.Id, out var whole) ? whole : task;
    }
}
