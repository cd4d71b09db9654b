using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace ImaNanoBanana.AppHost.Databases;

/// <summary>The database of the programs.</summary>
/// <param name="Resource">The database; ready when it exists.</param>
/// <param name="Folder">The folder of the data.</param>
internal sealed record ImagesDatabase(IResourceBuilder<IResourceWithConnectionString> Resource, DataFolder Folder)
{
    private const string Server = "postgres";
    private const string Name = "images";
    private const string RuntimeSetting = "ASPIRE_CONTAINER_RUNTIME";

    public static async Task<ImagesDatabase> AddAsync(
        IDistributedApplicationBuilder builder,
        DataFolder folder,
        ImageSource source,
        DatabaseChoice choice,
        CancellationToken cancellationToken)
    {
        if (choice.Kind == DatabaseKind.Container)
        {
            builder.Configuration[RuntimeSetting] = choice.ContainerRuntime;
            var container = builder.AddPostgres(Server).WithDataVolume().AddDatabase(Name, source.Database);
            container.OnResourceReady((database, _, token) => StoreAsync(database, folder, source, token));
            return new ImagesDatabase(container, folder);
        }

        var cluster = new LocalCluster(choice.ProgramFolder!, choice.UserSwitch, folder);
        await cluster.CreateAsync(cancellationToken);
        builder.Services.AddHealthChecks().AddNpgSql(MaintenanceConnection(cluster), name: Server);
        var local = builder.AddResource(new LocalPostgresResource(Server, cluster, source.Database))
            .WithArgs([.. cluster.Arguments])
            .WithHealthCheck(Server)
            .OnResourceReady(async (database, _, token) =>
            {
                await CreateDatabaseAsync(cluster, source.Database, token);
                await StoreAsync(database, folder, source, token);
            });
        return new ImagesDatabase(local, folder);
    }

    /// <summary>The server ends when no one is connected any more, so this program keeps no open connection.</summary>
    private static string MaintenanceConnection(LocalCluster cluster) =>
        cluster.ConnectionString(LocalCluster.MaintenanceDatabase) + ";Pooling=false";

    /// <summary>The commands of the worker need the connection string.</summary>
    private static async Task StoreAsync(
        IResourceWithConnectionString database, DataFolder folder, ImageSource source, CancellationToken cancellationToken)
    {
        var connectionString = await database.GetConnectionStringAsync(cancellationToken);
        await folder.StoreConnectionAsync(source, connectionString!, cancellationToken);
    }

    private static async Task CreateDatabaseAsync(LocalCluster cluster, string name, CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create(MaintenanceConnection(cluster));
        await using var existing = source.CreateCommand("select 1 from pg_database where datname = $1");
        existing.Parameters.Add(new NpgsqlParameter { Value = name });
        if (await existing.ExecuteScalarAsync(cancellationToken) is null)
        {
            await using var create = source.CreateCommand($"create database {name}");
            await create.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
