from converter.cli import command

if __name__ == "__main__":  # workers of --jobs import this file again on some systems
    command()
